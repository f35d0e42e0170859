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

/** What a manifest says is implemented. */
export interface ManifestClaims {
  readonly operations: readonly OperationName[];
  /** Operations that plugins of this type do not have. */
  readonly foreignOperations: readonly OperationName[];
  /** Members that say so of no operation that is known here. */
  readonly unknownMembers: readonly string[];
}

export function claimsOfManifest(manifest: JsonObject, pluginType: PluginType): ManifestClaims {
  const table = operationTable(pluginType);
  const claimed = [...FIELDS].filter(([field]) => manifest[field] === true).map(([, operation]) => operation);
  return {
    operations: claimed.filter((operation) => table[operation] !== undefined),
    foreignOperations: claimed.filter((operation) => table[operation] === undefined),
    unknownMembers: Object.keys(manifest).filter((member) => member.startsWith("has") && !FIELDS.has(member) && manifest[member] === true),
  };
}
