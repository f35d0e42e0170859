import { isJsonObject, type JsonObject } from "@opendvp/model";
import type { SchemaName } from "../toolkit.ts";
import type { OperationScripts } from "./operation-scripts.ts";
import type { Operation, OperationTable } from "./operation.ts";

/** The scripts of an upgrade, by the kind of object that each changes. */
const SCRIPTS = {
  sourceConfig: "upgradeManualSourceConfig",
  linkedSource: "upgradeLinkedSource",
  virtualSource: "upgradeVirtualSource",
  snapshot: "upgradeSnapshot",
} as const satisfies Partial<Record<SchemaName, string>>;

type UpgradedKind = keyof typeof SCRIPTS;

const KINDS = Object.keys(SCRIPTS) as readonly UpgradedKind[];

export function upgradeOperations(scripts: OperationScripts): OperationTable {
  const kinds = ["repository", ...KINDS];
  return Object.fromEntries(kinds.map((kind): [string, Operation] => [`upgrade.${kind}`, (args) => migrate(scripts, kind, args)]));
}

/** By kind, the versions that there is an upgrade from: at most one, `major.minor`. */
export function luaMigrations(scripts: OperationScripts): JsonObject {
  const { upgradesFrom } = scripts.toolkit;
  if (upgradesFrom === undefined) return {};
  const kinds = KINDS.filter((kind) => scripts.has("upgrade", SCRIPTS[kind]));
  return Object.fromEntries(kinds.map((kind) => [kind, [upgradesFrom]]));
}

/** Null: not about this kind, or not from that version. */
function migrate(scripts: OperationScripts, kind: string, { luaVersion, old }: JsonObject): JsonObject | null {
  const known = KINDS.find((each) => each === kind);
  if (known === undefined || luaVersion !== scripts.toolkit.upgradesFrom || !scripts.has("upgrade", SCRIPTS[known])) return null;
  const values = isJsonObject(old) ? old : {};
  const globals = { parameters: values, ...(known === "snapshot" && { metadata: values, snapshot: values }) };
  return scripts.object("upgrade", SCRIPTS[known], { scene: { globals, connection: {} }, schema: known, isRequired: true });
}
