import { isJsonObject, MIGRATION_KINDS, UPGRADE_SCRIPTS, type JsonObject, type MigrationKind } from "@opendvp/model";
import type { OperationScripts } from "./operation-scripts.ts";
import type { Operation, OperationTable } from "./operation.ts";

export function upgradeOperations(scripts: OperationScripts): OperationTable {
  return Object.fromEntries(
    MIGRATION_KINDS.map((kind): [string, Operation] => [`upgrade.${kind}`, (args) => migrate(scripts, kind, args)]),
  );
}

/** Null: not about this kind, or not from that version. */
function migrate(scripts: OperationScripts, kind: MigrationKind, { luaVersion, old }: JsonObject): JsonObject | null {
  const known = UPGRADE_SCRIPTS.find((script) => script.kind === kind);
  if (known === undefined || luaVersion !== scripts.toolkit.upgradesFrom || !scripts.has("upgrade", known.key)) return null;
  const values = isJsonObject(old) ? old : {};
  const globals = { parameters: values, ...(known.kind === "snapshot" && { metadata: values, snapshot: values }) };
  return scripts.object("upgrade", known.key, { scene: { globals, connection: {} }, schema: known.kind, isRequired: true });
}
