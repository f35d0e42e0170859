import { isJsonObject, type Json, type JsonObject } from "../json/json.ts";
import { OPERATION_NAMES, type OperationName, type PluginType } from "../operations/operation-table.ts";
import { hasStatements } from "./toolkit-scripts.ts";

type Definition = "discoveryDefinition" | "linkedSourceDefinition" | "virtualSourceDefinition";

/** Operations that a toolkit has wherever it has the definition: without a script their answer is known. */
const ALWAYS: readonly (readonly [OperationName, Definition])[] = [
  ["discovery.repository", "discoveryDefinition"],
  ["discovery.sourceConfig", "discoveryDefinition"],
  ["linked.postSnapshot", "linkedSourceDefinition"],
  ["virtual.configure", "virtualSourceDefinition"],
  ["virtual.reconfigure", "virtualSourceDefinition"],
  ["virtual.postSnapshot", "virtualSourceDefinition"],
  ["virtual.mountSpecification", "virtualSourceDefinition"],
];

/** Operations that a toolkit has where one of these scripts does something. */
const BY_SCRIPT: readonly (readonly [OperationName, Definition, readonly string[]])[] = [
  ["linked.preSnapshot", "linkedSourceDefinition", ["preSnapshot", "resync"]],
  ["virtual.initialize", "virtualSourceDefinition", ["initialize"]],
  ["virtual.unconfigure", "virtualSourceDefinition", ["unconfigure"]],
  ["virtual.start", "virtualSourceDefinition", ["start"]],
  ["virtual.stop", "virtualSourceDefinition", ["stop"]],
  ["virtual.preSnapshot", "virtualSourceDefinition", ["preSnapshot"]],
  ["virtual.status", "virtualSourceDefinition", ["status"]],
];

const BY_STAGED_SCRIPT: typeof BY_SCRIPT = [
  ["linked.startStaging", "linkedSourceDefinition", ["startStaging"]],
  ["linked.stopStaging", "linkedSourceDefinition", ["stopStaging"]],
  ["linked.status", "linkedSourceDefinition", ["status"]],
  ["linked.worker", "linkedSourceDefinition", ["worker"]],
];

/**
 * The operations that a toolkit in its current form implements. Discovery is there with its definition; what must give
 * something back always is, as a missing script means `return {}`; so are mount specifications, which say where the
 * engine mounts by itself where there is no script; all else is there where its script does something.
 */
export function toolkitOperations(toolkit: JsonObject, pluginType: PluginType): readonly OperationName[] {
  const always = pluginType === "STAGED" ? [...ALWAYS, ["linked.mountSpecification", "linkedSourceDefinition"] as const] : ALWAYS;
  const byScript = pluginType === "STAGED" ? [...BY_SCRIPT, ...BY_STAGED_SCRIPT] : BY_SCRIPT;
  const implemented = new Set<OperationName>([
    ...always.filter(([, definition]) => isJsonObject(toolkit[definition])).map(([operation]) => operation),
    ...byScript.filter(([, definition, scripts]) => scripts.some((key) => has(toolkit[definition], key))).map(([operation]) => operation),
  ]);
  return OPERATION_NAMES.filter((operation) => implemented.has(operation));
}

function has(definition: Json | undefined, key: string): boolean {
  const script = isJsonObject(definition) ? definition[key] : undefined;
  return typeof script === "string" && hasStatements(script);
}
