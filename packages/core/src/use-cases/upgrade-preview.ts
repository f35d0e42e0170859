import type { EngineErrorShape, MigrationKind, Reference } from "@opendvp/model";

/** What an upgrade would do to one value of an object. */
export interface PreviewedValue {
  readonly object: Reference;
  readonly name: string;
  readonly kind: MigrationKind;
  /** e.g. `The parameters of vdb1 (APPDATA_CONTAINER-7)` */
  readonly what: string;
  /** In the order in which they run; those from versions of a toolkit as `Lua 1.0`. */
  readonly migrations: readonly string[];
  readonly isChanged: boolean;
  /** Why its migration fails, which the details then name, or why the outcome does not fit. */
  readonly error?: EngineErrorShape;
  /** Paths at which a password would be readable. */
  readonly exposed: readonly string[];
}

/** What uploading an artifact would do. */
export interface UpgradePreview {
  readonly name: string;
  readonly buildNumber: string;
  /** The versions that it would take the place of; empty where it would be new. */
  readonly installed: readonly {
    readonly reference: Reference<"APPDATA_TOOLKIT">;
    readonly name: string;
    readonly buildNumber: string;
  }[];
  readonly values: readonly PreviewedValue[];
  /** What stands in the way of the upgrade as a whole. */
  readonly error?: EngineErrorShape;
  readonly warnings: readonly string[];
}
