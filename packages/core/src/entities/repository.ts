import type { JsonObject, Reference } from "@opendvp/model";

/** An installation that a dataset needs, as a plugin discovered it. */
export interface Repository {
  readonly reference: Reference<"APPDATA_REPOSITORY">;
  readonly environment: Reference<"UNIX_HOST_ENVIRONMENT">;
  readonly plugin: Reference<"APPDATA_TOOLKIT">;
  readonly name: string;
  /** The values of the schema's identityFields, as canonical JSON: unique per environment and plugin. */
  readonly identity: string;
  /** A RepositoryDefinition; passwords sealed. */
  readonly data: JsonObject;
  /** False once a discovery no longer finds it; it stays as long as something uses it. */
  readonly isAvailable: boolean;
  readonly createdAt: string;
}

/** One dataset on a repository. */
export interface SourceConfig {
  readonly reference: Reference<"APPDATA_SOURCE_CONFIG">;
  readonly repository: Reference<"APPDATA_REPOSITORY">;
  readonly name: string;
  /** The values of the schema's identityFields, as canonical JSON: unique per repository. */
  readonly identity: string;
  /** A SourceConfigDefinition; passwords sealed. */
  readonly data: JsonObject;
  /** Whether a discovery found it or a user added it by hand. */
  readonly isDiscovered: boolean;
  readonly isAvailable: boolean;
  readonly createdAt: string;
}
