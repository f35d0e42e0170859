import type { Json } from "@opendvp/model";

const ASTRAL = /[\u{10000}-\u{10FFFF}]/gu;

/** A value as Python 2 and 3 write it, in ASCII. */
export function pythonLiteral(value: Json): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return textLiteral(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(pythonLiteral).join(", ")}]`;
  const members = Object.entries(value).map(([name, member]) => `${textLiteral(name)}: ${pythonLiteral(member ?? null)}`);
  return `{${members.join(", ")}}`;
}

function textLiteral(text: string): string {
  const escaped = JSON.stringify(text)
    .replaceAll(ASTRAL, (character) => `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`)
    .replaceAll(/[\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
  // Python 2 knows these escapes in unicode literals alone.
  return /\\[uU]/.test(escaped) ? `u${escaped}` : escaped;
}
