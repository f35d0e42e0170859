import { WIRE_ERROR_CODES, WireError } from "@opendvp/plugin-protocol";
import type { Toolkit } from "./toolkit.ts";
import type { LuaFailure } from "./vm/lua-failure.ts";

/** What a function of the engine's raised in Lua, by the text that Lua knows of it. */
export interface Raised {
  readonly text: string;
  readonly error: WireError;
}

const PLACES = /^(?:[^\n:]+:\d+: )*$/;

/** What a script failed with, as the engine is told. An error that it has passed on stays what it was. */
export function scriptError(toolkit: Toolkit, failure: LuaFailure, { file, raised, memoryLimitBytes }: ScriptRun): WireError {
  if (failure.isOutOfMemory) {
    const message = `${nameOf(toolkit)}, ${file}: the script needed more than the ${memoryLimitBytes} bytes of memory that Lua has here.`;
    return new WireError(WIRE_ERROR_CODES.limit, message, { limit: "memory", limitBytes: memoryLimitBytes });
  }
  const passedOn = raised.findLast(({ text }) => isPassedOn(failure.message, text));
  if (passedOn !== undefined && passedOn.error.code !== WIRE_ERROR_CODES.pluginBug) return passedOn.error;
  const message = `${nameOf(toolkit)}, ${placed(failure, file)}`;
  return new WireError(WIRE_ERROR_CODES.pluginBug, message, failure.traceback === "" ? {} : { stack: `${message}\n${failure.traceback}` });
}

const PLACED = /^[^\n:]+\.lua:\d+: /;

/** What is raised as a value that is no text, for the script's own caller, or within the prelude, comes without the script's place: the traceback has it. */
function placed({ message, traceback }: LuaFailure, file: string): string {
  if (PLACED.test(message)) return message;
  return `${/\t([^\n:]+\.lua:\d+):/.exec(traceback)?.[1] ?? file}: ${message.replace(/^prelude:\d+: /, "")}`;
}

interface ScriptRun {
  readonly file: string;
  readonly raised: readonly Raised[];
  readonly memoryLimitBytes: number;
}

export function nameOf({ name, version }: Pick<Toolkit, "name" | "version">): string {
  return `toolkit ${name} ${version}`;
}

/** `error` puts the place where it is called before a text. */
function isPassedOn(message: string, text: string): boolean {
  return message.endsWith(text) && PLACES.test(message.slice(0, message.length - text.length));
}
