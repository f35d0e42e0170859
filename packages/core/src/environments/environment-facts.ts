import type { Reference } from "@opendvp/model";
import type { Environment, EnvironmentUser, Host } from "../entities/environment.ts";

/** What the jobs of an environment know. */
export type EnvironmentFacts = {
  readonly environment: Reference<"UNIX_HOST_ENVIRONMENT">;
  /** A creation's input holds the objects to be. */
  readonly draft: { readonly environment: Environment; readonly host: Host; readonly user: EnvironmentUser };
  readonly isScratchOurs: boolean;
  /** Whom discovery asks: those that were active when it was asked for. */
  readonly plugins: readonly Reference<"APPDATA_TOOLKIT">[];
};
