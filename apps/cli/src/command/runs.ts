import type { Command } from "commander";
import type { Terminal } from "../terminal.ts";
import type { CommonOptions } from "./common-options.ts";
import { Context } from "./context.ts";

/** Makes a command do something: `run` gets its options in the context, and its arguments; one that was left out is undefined. */
export function runs<O extends CommonOptions, A extends readonly (string | undefined)[] = string[]>(
  command: Command,
  terminal: Terminal,
  run: (context: Context<O>, ...names: A) => Promise<void>,
): void {
  command.action(async (...received: unknown[]) => {
    // commander appends the options and the command to the arguments.
    const names = received.slice(0, -2) as unknown as A;
    await run(new Context(terminal, command.opts<O>()), ...names);
  });
}
