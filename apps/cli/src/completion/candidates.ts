import type { Command, Option } from "commander";
import { type CompletedNoun, completedNoun } from "./positions.ts";

/** What could stand where the cursor is. */
export interface Candidates {
  readonly words: readonly string[];
  /** The noun whose names fit too. */
  readonly noun: CompletedNoun | undefined;
}

const NONE: Candidates = { words: [], noun: undefined };

/** What could stand in the place of the last word, judging by the words before it. */
export function candidates(program: Command, words: readonly string[]): Candidates {
  const last = words.at(-1) ?? "";
  let command = program;
  let argumentCount = 0;
  let pending: Option | undefined;
  for (const word of words.slice(0, -1)) {
    if (pending !== undefined) pending = undefined;
    else if (word.startsWith("-")) pending = valueOption(command, word);
    else {
      const next = argumentCount === 0 ? subcommand(command, word) : undefined;
      if (next === undefined) argumentCount++;
      else command = next;
    }
  }
  if (pending !== undefined) return ofOption(pending);
  if (last.startsWith("-"))
    return { words: command.options.flatMap(({ long, hidden }) => (typeof long !== "string" || hidden ? [] : [long])), noun: undefined };
  const subcommands = command.commands.map((child) => child.name()).filter((name) => !name.startsWith("__"));
  if (argumentCount === 0 && subcommands.length > 0) return { words: subcommands, noun: undefined };
  const argument = command.registeredArguments[argumentCount];
  return argument === undefined ? NONE : { words: argument.argChoices ?? [], noun: completedNoun(argument.name()) };
}

function subcommand(command: Command, word: string): Command | undefined {
  return command.commands.find((child) => child.name() === word);
}

function valueOption(command: Command, word: string): Option | undefined {
  return command.options.find((option) => (option.long === word || option.short === word) && (option.required || option.optional));
}

function ofOption(option: Option): Candidates {
  const placeholder = /[<[]([\w-]+)/.exec(option.flags)?.[1] ?? "";
  return { words: option.argChoices ?? [], noun: completedNoun(placeholder) };
}
