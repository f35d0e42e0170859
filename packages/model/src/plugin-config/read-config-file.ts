import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from "yaml";
import { pluginInvalid, type Problem } from "../problems/problem.ts";

/** A field as it stands in the file. */
export interface ConfigEntry {
  readonly value: unknown;
  /** The value's own spelling, for hints. */
  readonly source: string;
  readonly line: number;
}

export interface ConfigFileContent {
  readonly entries: ReadonlyMap<string, ConfigEntry>;
  readonly warnings: readonly Problem[];
}

/**
 * Reads the YAML of a plugin config into its fields with their lines. YAML 1.1 is what existing configs are written
 * for; as there, the last of several equal fields counts.
 * @throws EngineError `PLUGIN_INVALID`
 */
export function readConfigFile(text: string, file: string): ConfigFileContent {
  const lines = new LineCounter();
  const document = parseDocument(text, { version: "1.1", lineCounter: lines, uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
  const problems = document.errors.map((error): Problem => {
    return { file, line: lines.linePos(error.pos[0]).line, where: "", message: `is not valid YAML: ${error.message}` };
  });
  if (problems.length > 0) throw pluginInvalid(problems);
  if (!isMap(document.contents)) throw pluginInvalid([{ file, line: 1, where: "", message: "must consist of `field: value` lines" }]);

  const entries = new Map<string, ConfigEntry>();
  const warnings: Problem[] = [];
  for (const { key, value } of document.contents.items) {
    const name = isScalar(key) ? String(key.value) : "";
    const line = lineOf(key, lines);
    if (entries.has(name)) warnings.push({ file, line, where: name, message: "occurs more than once; the last one counts" });
    const source = isScalar(value) ? value.source : "";
    entries.set(name, { value: plainValue(value, document), source, line });
  }
  return { entries, warnings };
}

function lineOf(key: unknown, lines: LineCounter): number {
  const range = isNode(key) ? key.range : undefined;
  return range === undefined || range === null ? 1 : lines.linePos(range[0]).line;
}

/** Aliases that multiply beyond measure read as `undefined`, which no rule accepts. */
function plainValue(value: unknown, document: Document): unknown {
  if (!isNode(value)) return value;
  try {
    return value.toJS(document, { maxAliasCount: 10 });
  } catch {
    return undefined;
  }
}
