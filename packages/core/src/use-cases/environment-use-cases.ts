import type { Reference } from "@opendvp/model";
import type { Ask, Started } from "./asking.ts";

export interface EnvironmentUseCases {
  /** Creates the environment with its first user and discovers it. Only `localhost` can be reached by now. */
  create(
    input: {
      readonly name: string;
      readonly address: string;
      readonly user: string;
      readonly description?: string;
      readonly scratchPath?: string;
    },
    ask: Ask,
  ): Promise<Started>;
  update(
    reference: Reference<"UNIX_HOST_ENVIRONMENT">,
    set: { readonly name?: string; readonly description?: string },
    ask: Ask,
  ): Promise<void>;
  /** Discovers again. */
  refresh(reference: Reference<"UNIX_HOST_ENVIRONMENT">, ask: Ask): Promise<Started>;
  /** Refused with `IN_USE` while datasets use it. */
  delete(reference: Reference<"UNIX_HOST_ENVIRONMENT">, ask: Ask): Promise<Started>;
  addUser(reference: Reference<"UNIX_HOST_ENVIRONMENT">, input: { readonly name: string }, ask: Ask): Promise<Reference<"HOST_USER">>;
  setPrimaryUser(reference: Reference<"UNIX_HOST_ENVIRONMENT">, user: Reference<"HOST_USER">, ask: Ask): Promise<void>;
  removeUser(user: Reference<"HOST_USER">, ask: Ask): Promise<void>;
}
