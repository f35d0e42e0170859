import { type EngineError, type Json } from "@opendvp/model";
import type { Terminal } from "../terminal.ts";

/** Prints a failure: what happened, what to do, and particulars that help; as one line of JSON where JSON was asked for. */
export function printError(terminal: Terminal, error: EngineError, how: { readonly isJson: boolean; readonly isVerbose: boolean }): void {
  if (how.isJson) {
    terminal.err(`${JSON.stringify({ error: error.toShape() })}\n`);
    return;
  }
  terminal.err(`Error: ${error.message}\n`);
  if (error.action !== "") terminal.err(`${error.action}\n`);
  for (const line of detailLines(error)) terminal.err(`  ${line}\n`);
  if (how.isVerbose && error.stack !== undefined) terminal.err(`${error.stack}\n`);
}

function detailLines(error: EngineError): string[] {
  const details = Object.entries(error.details).flatMap(([name, value]) => (isTelling(value) ? [`${name}: ${textOf(value)}`] : []));
  return [`code: ${error.code}`, ...details];
}

function isTelling(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === "") return false;
  return !(Array.isArray(value) && value.length === 0);
}

function textOf(value: Json | undefined): string {
  if (typeof value === "string") return value.includes("\n") ? `\n${value}` : value;
  if (Array.isArray(value)) return value.map((item: Json) => (typeof item === "string" ? item : JSON.stringify(item))).join(", ");
  return JSON.stringify(value);
}
