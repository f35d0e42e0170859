import { EngineError, ERROR_CODES } from "@opendvp/model";
import { CommanderError } from "commander";
import { printError } from "./output/print-error.ts";
import { createProgram } from "./program.ts";
import type { Terminal } from "./terminal.ts";

const USAGE_EXIT_CODE = 2;

/** Runs one command and gives the exit code that it ends with. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await createProgram(terminal).parseAsync([...args], { from: "user" });
    return typeof process.exitCode === "number" ? process.exitCode : 0;
  } catch (thrown) {
    // commander has printed what it has to say: help, the version, or what is wrong with the arguments.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : USAGE_EXIT_CODE;
    const error = EngineError.from(thrown);
    printError(terminal, error, { isJson: args.includes("--json"), isVerbose: args.some((word) => /^-v+$|^--verbose$/.test(word)) });
    return ERROR_CODES[error.code].exitCode;
  }
}
