import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cruise, type ICruiseOptions, type ICruiseResult } from "dependency-cruiser";
import { replaceMarkedSection } from "./marked-section.ts";
import { mermaid } from "./mermaid.ts";
import { packageEdges } from "./package-edges.ts";

const DOCUMENT = "ARCHITECTURE.md";

const { options } = createRequire(import.meta.url)("../../.dependency-cruiser.cjs") as { options: ICruiseOptions };
const { output } = await cruise(["packages", "apps"], options);
const diagram = mermaid(packageEdges((output as ICruiseResult).modules));

const present = readFileSync(DOCUMENT, "utf8");
const wanted = replaceMarkedSection(present, "dependency graph", diagram);
if (wanted === present) {
  console.log(`The graph in ${DOCUMENT} is current.`);
} else if (process.argv.includes("--check")) {
  console.log(`The graph in ${DOCUMENT} is not what the sources import: run npm run graph.`);
  process.exitCode = 1;
} else {
  writeFileSync(DOCUMENT, wanted);
  console.log(`Wrote the graph into ${DOCUMENT}.`);
}
