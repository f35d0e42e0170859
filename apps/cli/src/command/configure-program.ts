import type { Command } from "commander";
import type { Terminal } from "../terminal.ts";

/** Makes a program write to a terminal, and leave errors and the end of the process to whoever runs it. */
export function configureProgram(program: Command, terminal: Terminal): Command {
  return program.exitOverride().configureOutput({
    writeOut: (text) => terminal.out(text.trimEnd()),
    writeErr: (text) => terminal.err(text),
    // Whoever runs the program prints it, like every other error.
    outputError: () => undefined,
  });
}
