import { isJsonObject, type JsonObject } from "../json/json.ts";
import type { SchemaFindings } from "../schemas/rules/findings.ts";
import { DISCOVERY_SCRIPTS, LINKED_SCRIPTS, VIRTUAL_SCRIPTS } from "./toolkit-scripts.ts";

/** The scripts that the build puts into each definition. */
const BUILT: Readonly<Record<string, readonly string[]>> = {
  discoveryDefinition: DISCOVERY_SCRIPTS,
  linkedSourceDefinition: [...LINKED_SCRIPTS.STAGED, ...LINKED_SCRIPTS.DIRECT].map(({ key }) => key),
  virtualSourceDefinition: VIRTUAL_SCRIPTS.map(({ key }) => key),
};

/** What the author of a main.json must leave to the build. */
export function checkAuthoredMain(main: JsonObject, findings: SchemaFindings): void {
  if (main["resources"] !== undefined) {
    findings.problem(
      ["resources"],
      "must not be written here: the build adds it",
      "Put the texts into files below the directory resources.",
    );
  }
  const overwritten = ["buildApi", "upgradeDefinition"].filter((field) => main[field] !== undefined).map((field) => [field]);
  const scripts = Object.entries(BUILT).flatMap(([name, keys]) => {
    const definition = main[name];
    return isJsonObject(definition) ? [...new Set(keys)].filter((key) => definition[key] !== undefined).map((key) => [name, key]) : [];
  });
  for (const path of [...overwritten, ...scripts]) findings.warning(path, "is added by the build: what is written here is overwritten");
}
