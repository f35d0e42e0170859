import type { PluginLogEntry } from "@opendvp/core";

const CONTROL = new RegExp("[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u2028\\u2029]", "g");

/**
 * One entry of a log file. Only its first line begins with a time; every further line begins with a bar, so that a message
 * cannot pass parts of itself off as other entries, and nothing in it can steer a terminal.
 */
export function formatEntry(at: Date, { level, prefix, message }: PluginLogEntry): string {
  const text = printable(message).split("\n").join("\n  | ");
  return `${at.toISOString()} ${level} ${prefix === "" ? "" : `${printable(prefix).replaceAll("\n", " ")} `}${text}\n`;
}

function printable(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(CONTROL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
