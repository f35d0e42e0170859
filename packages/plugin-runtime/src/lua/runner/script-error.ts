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
  const message = `${nameOf(toolkit)}, ${failure.message}`;
  return new WireError(WIRE_ERROR_CODES.pluginBug, message, { stack: `${message}\n${failure.traceback}` });
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
