import type { DefinitionName, JsonObject, MigrationKind, Reference } from "@opendvp/model";
import type { KnownPlugin } from "../../entities/plugin.ts";
import type { Change } from "../../ports/catalog.ts";

export const DEFINITION_OF_KIND: Readonly<Record<MigrationKind, DefinitionName>> = {
  repository: "repositoryDefinition",
  sourceConfig: "sourceConfigDefinition",
  linkedSource: "linkedSourceDefinition",
  virtualSource: "virtualSourceDefinition",
  snapshot: "snapshotDefinition",
};

/** A value of one of a plugin's schemas, as the catalog keeps it. */
export interface StoredValue {
  readonly kind: MigrationKind;
  /** The object that it belongs to. */
  readonly object: Reference;
  readonly objectName: string;
  /** e.g. `The parameters of vdb1 (APPDATA_CONTAINER-7)` */
  readonly what: string;
  /** The version whose schema it fits. */
  readonly plugin: KnownPlugin;
  /** Its secrets sealed. */
  readonly data: JsonObject;
  /** What puts it into the catalog in its new form. */
  readonly store: (data: JsonObject) => Change;
  /** What leaves it to the next discovery, which finds it anew; absent where nobody but a migration can bring it into its new form. */
  readonly leave?: Change;
}
