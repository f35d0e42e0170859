import { EngineError, ERROR_CODES } from "@opendvp/model";
import { type Command, CommanderError } from "commander";
import { fileError } from "./file-error.ts";
import { printError } from "./output/print-error.ts";
import { createProgram } from "./program.ts";
import type { Terminal } from "./terminal.ts";
import { usageError } from "./usage-error.ts";

const USAGE_EXIT_CODE = 2;
const HELP_CODES: ReadonlySet<string> = new Set(["commander.help", "commander.helpDisplayed", "commander.version"]);

/** Runs one command of `dvp` and gives the exit code that it ends with. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  return runProgram(createProgram(terminal), args, terminal);
}

/** Runs a program with its arguments and gives the exit code that it ends with. */
export async function runProgram(program: Command, args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await program.parseAsync([...args], { from: "user" });
    return typeof process.exitCode === "number" ? process.exitCode : 0;
  } catch (thrown) {
    // Help that was not asked for stands for a command that is missing.
    if (thrown instanceof CommanderError && HELP_CODES.has(thrown.code)) return thrown.exitCode === 0 ? 0 : USAGE_EXIT_CODE;
    const error = asEngineError(thrown, program, args);
    printError(terminal, error, { isJson: args.includes("--json"), isVerbose: args.some((word) => /^-v+$|^--verbose$/.test(word)) });
    return ERROR_CODES[error.code].exitCode;
  }
}

function asEngineError(thrown: unknown, program: Command, args: readonly string[]): EngineError {
  return thrown instanceof CommanderError ? usageError(thrown, program, args) : (fileError(thrown) ?? EngineError.from(thrown));
}
