import type { JsonObject } from "../json/json.ts";
import { OPERATION_NAMES, operationRow, operationTable, type OperationName, type PluginType } from "../operations/operation-table.ts";

/** Every member of a manifest that says whether an operation is implemented, with its operation. */
const FIELDS: ReadonlyMap<string, OperationName> = new Map(
  OPERATION_NAMES.flatMap((operation) =>
    (["DIRECT", "STAGED"] as const).flatMap((pluginType): readonly (readonly [string, OperationName])[] => {
      const row = operationRow(pluginType, operation);
      return row === undefined ? [] : [[row.manifestField, operation]];
    }),
  ),
);

/** The manifest of a plugin that implements these operations. */
export function createManifest(operations: readonly OperationName[], migrationIds: readonly string[]): JsonObject {
  const implemented = new Set<string>(operations);
  const flags = [...FIELDS].map(([field, operation]) => [field, implemented.has(operation)] as const);
  return { type: "PluginManifest", migrationIdList: [...migrationIds], ...Object.fromEntries(flags) };
}

/** The operations that a manifest says are implemented; those that the plugin's type does not have are left out. */
export function operationsOfManifest(manifest: JsonObject, pluginType: PluginType): readonly OperationName[] {
  const table = operationTable(pluginType);
  return [...FIELDS]
    .filter(([field, operation]) => manifest[field] === true && table[operation] !== undefined)
    .map(([, operation]) => operation);
}
