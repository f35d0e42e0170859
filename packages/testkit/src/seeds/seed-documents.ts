import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The seed documents lie beside the checkout, where they lie at all. */
const SEEDS = resolve(import.meta.dirname, "../../../../../shared/seeds");

export const HAS_SEEDS = existsSync(SEEDS);

/** The text of the seed document that holds a phrase. */
export function seed(phrase: string): string {
  const texts = readdirSync(SEEDS).map((file) => readFileSync(join(SEEDS, file), "utf8"));
  const text = texts.find((candidate) => candidate.includes(phrase));
  if (text === undefined) throw new Error(`No seed document contains ${JSON.stringify(phrase)}.`);
  return text;
}

/** Quotes a sentence in a test that runs without the documents, too: fails where they are there, and none of them says this. */
export function quoteSeed(sentence: string): void {
  if (HAS_SEEDS) seed(sentence);
}

/** The main.json of the document on upgrades from toolkits, with the closing braces that its copy has lost. */
export function mainJsonWithSchemas(): string {
  const text = seed("minimumLuaVersion");
  const start = text.indexOf('    "type": "Toolkit"');
  return withBraces(text.slice(start, text.indexOf("\n\n", start)));
}

/** The main.json of the document on main.json, as it stands there: on one line, with lists of parameters. */
export function mainJsonWithArrays(): string {
  const text = seed("Basic main.json");
  const start = text.indexOf('{ "type": "Toolkit"');
  return text.slice(start, text.indexOf("\n", start));
}

/** The config of a plugin that follows that toolkit, of the document on upgrades from toolkits, as it stands there. */
export function followingPluginConfig(): string {
  const text = seed("minimumLuaVersion");
  const start = text.indexOf("id: ea009cb4");
  return text.slice(start, text.indexOf("\n\n", start));
}

/** What a table of fields says of one of them. */
interface FieldRow {
  readonly type: string;
  readonly description: string;
}

/** The rows of the table of fields in the document on main.json. */
export function mainJsonRows(): ReadonlyMap<string, FieldRow> {
  const rows = [...seed("Basic main.json").matchAll(/^(\w+) \| ([^|]+) \| ([^|]+) \|$/gm)];
  return new Map(rows.map(([, field = "", type = "", description = ""]) => [field, { type, description }]));
}

/** The rows of the table of fields in the document on upgrades from toolkits; `required` is `Y` or `N`, as there. */
export function luaFieldRows(): ReadonlyMap<string, FieldRow & { readonly required: string }> {
  const rows = [...seed("minimumLuaVersion").matchAll(/^(\w+) ([YN]) (\w+) (.+)$/gm)];
  return new Map(rows.map(([, field = "", required = "", type = "", description = ""]) => [field, { required, type, description }]));
}

/** A listing says by its indentation where an object ends: before the next line that is not further in than the line that opened it. */
function withBraces(listing: string): string {
  const open: number[] = [0];
  const lines: string[] = ["{"];
  let isOpening = false;
  for (const line of listing.split("\n").filter((each) => each.trim() !== "")) {
    const indent = line.length - line.trimStart().length;
    let closed = 0;
    while (!isOpening && open.length > 1 && (open.at(-1) ?? 0) >= indent) closed += open.splice(-1).length;
    if (closed > 0) lines.push(`${"}".repeat(closed)},`);
    lines.push(line);
    isOpening = line.trimEnd().endsWith("{");
    if (isOpening) open.push(indent);
  }
  return [...lines, "}".repeat(open.length)].join("\n");
}
