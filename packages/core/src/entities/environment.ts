import type { Reference } from "@opendvp/model";

/** A host that we can reach, with its users. */
export interface Environment {
  readonly reference: Reference<"UNIX_HOST_ENVIRONMENT">;
  readonly name: string;
  readonly description: string;
  readonly host: Reference<"UNIX_HOST">;
  readonly primaryUser: Reference<"HOST_USER"> | null;
  readonly createdAt: string;
  /** When discovery last ended well. */
  readonly refreshedAt: string | null;
}

export interface Host {
  readonly reference: Reference<"UNIX_HOST">;
  readonly address: string;
  /** How the engine reaches it; `local` is the engine's own machine. */
  readonly transport: "local";
  /** A directory for plugins' own files, owned by the primary user. */
  readonly scratchPath: string;
  /** Directory with helper programs of the engine's for plugins. */
  readonly binaryPath: string;
  readonly osName: string;
  readonly createdAt: string;
}

export interface EnvironmentUser {
  readonly reference: Reference<"HOST_USER">;
  readonly environment: Reference<"UNIX_HOST_ENVIRONMENT">;
  readonly name: string;
  readonly createdAt: string;
}
