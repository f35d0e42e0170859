import { isJsonObject, sentences, type EngineError, type Json } from "@opendvp/model";
import type { Terminal } from "../terminal.ts";
import { printableLines } from "./printable.ts";

/** Prints a failure: what happened, what to do, and what else helps; as one line of JSON where JSON was asked for. */
export function printError(terminal: Terminal, error: EngineError, how: { readonly isJson: boolean; readonly isVerbose: boolean }): void {
  if (how.isJson) {
    terminal.err(`${JSON.stringify({ error: error.toShape() })}\n`);
    return;
  }
  const say = (text: string): void => {
    terminal.err(`${printableLines(shortened(text))}\n`);
  };
  say(`Error: ${error.message}`);
  if (error.action !== "") say(error.action);
  for (const line of detailLines(error)) say(`  ${line}`);
  if (how.isVerbose && error.stack !== undefined) say(error.stack);
}

// No name or path that can be meant is longer; what was given by mistake is not to fill the screen.
function shortened(text: string): string {
  return text.replaceAll(/\S{5000,}/g, (word) => `${word.slice(0, 100)}… (${word.length} characters)`);
}

function detailLines(error: EngineError): string[] {
  const told = sentences(error.message, error.action);
  const details = Object.entries(error.details).flatMap(([name, value]) => (isNews(value, told) ? [`${name}: ${textOf(value)}`] : []));
  return [`code: ${error.code}`, ...details];
}

/** Whether a detail says anything that the sentences before it do not. Lists of objects are those sentences again, for programs. */
function isNews(value: Json | undefined, told: string): value is Json {
  if (value === undefined || value === null || value === "") return false;
  if (Array.isArray(value)) return value.some((item: Json) => !isJsonObject(item) && !told.includes(textOf([item])));
  return typeof value !== "string" || !told.includes(value);
}

function textOf(value: Json | undefined): string {
  if (typeof value === "string")
    return value
      .trimEnd()
      .replace(/^(?=[^]*\n)/, "\n")
      .replaceAll("\n", "\n    ");
  if (Array.isArray(value)) return value.map((item: Json) => (typeof item === "string" ? item : JSON.stringify(item))).join(", ");
  return JSON.stringify(value);
}
