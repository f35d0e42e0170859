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

/** The rows of its table of fields: name and description. */
export function mainJsonRows(): ReadonlyMap<string, string> {
  const rows = [...seed("Basic main.json").matchAll(/^(\w+) \| [^|]+ \| ([^|]+) \|$/gm)];
  return new Map(rows.map(([, field = "", description = ""]) => [field, description]));
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
