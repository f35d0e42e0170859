import { DISCOVERY_SCRIPTS, linkedTypeOf, type JsonObject, type SchemaFindings } from "@opendvp/model";
import type { ToolkitTree } from "./toolkit-tree.ts";

/** What main.json and the directories beside it say of each other. `directoryName` is what the toolkit's directory is called. */
export function checkDirectory(
  { main, tree }: { readonly main: JsonObject; readonly tree: ToolkitTree },
  directoryName: string,
  findings: SchemaFindings,
): void {
  const { name } = main;
  if (typeof name === "string" && name !== directoryName) {
    findings.problem(
      ["name"],
      `is ${JSON.stringify(name)}, but the toolkit's directory is called ${JSON.stringify(directoryName)}`,
      "Give both the same name.",
    );
  }
  checkLinked(main, tree, findings);
  if (main["discoveryDefinition"] === undefined && DISCOVERY_SCRIPTS.some((script) => tree.files.has(`discovery/${script}.lua`))) {
    findings.problem(["discoveryDefinition"], "is missing, but there are discovery scripts", "Add the definition, or remove the scripts.");
  }
  if (main["messages"] !== undefined && tree.directories.has("messages")) {
    findings.problem(["messages"], "must not be written here where there is a directory messages", "Keep one of them.");
  }
}

function checkLinked(main: JsonObject, { directories }: ToolkitTree, findings: SchemaFindings): void {
  const at = ["linkedSourceDefinition", "type"];
  const [isDirect, isStaged] = [directories.has("direct"), directories.has("staged")];
  if (isDirect && isStaged) findings.problem(at, "goes with one of the directories direct and staged, but both are there", "Remove one.");
  else if (isDirect && linkedTypeOf(main) === "STAGED")
    findings.problem(at, "goes with a directory staged, but there is a directory direct");
  else if (isStaged && linkedTypeOf(main) === "DIRECT")
    findings.problem(at, "goes with a directory direct, but there is a directory staged");
}
