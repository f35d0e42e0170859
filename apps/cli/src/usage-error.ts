import { EngineError } from "@opendvp/model";
import type { Command, CommanderError } from "commander";

/** What commander says of arguments that cannot be meant, as an error like every other. */
export function usageError(error: CommanderError, program: Command, args: readonly string[]): EngineError {
  const [said = "", ...suggestions] = error.message.replace(/^error: /, "").split("\n");
  const message = said.charAt(0).toUpperCase() + said.slice(1);
  const help = `See \`${commandPath(program, args)} --help\`.`;
  return new EngineError("INPUT_INVALID", /[.?!]$/.test(message) ? message : `${message}.`, {
    action: [...suggestions.map((text) => text.replace(/^\((.*)\)$/, "$1")), help].join(" "),
    cause: error,
  });
}

/** The command that the arguments begin with, as far as there is one. */
function commandPath(program: Command, args: readonly string[]): string {
  const path = [program.name()];
  let command = program;
  for (const word of args) {
    const next = command.commands.find((child) => child.name() === word);
    if (next === undefined) break;
    path.push(word);
    command = next;
  }
  return path.join(" ");
}
