import type { Command } from "commander";
import { candidates } from "../../completion/candidates.ts";
import { namesOf } from "../../completion/names-of.ts";
import type { CompletedNoun } from "../../completion/positions.ts";
import { openClient } from "../../configuration/open-client.ts";
import type { Terminal } from "../../terminal.ts";

/** What the shells' scripts call. An engine that does not answer is no reason to trouble somebody who is typing. */
export function addComplete(program: Command, terminal: Terminal): void {
  program
    .command("__complete [words...]", { hidden: true })
    .passThroughOptions()
    .action(async (words: string[]) => {
      const { words: fixed, noun } = candidates(program, words);
      const names = noun === undefined ? [] : await knownNames(terminal, noun);
      const beginning = words.at(-1) ?? "";
      const fitting = [...fixed, ...names].filter((word) => word.startsWith(beginning));
      if (fitting.length > 0) terminal.out(fitting.join("\n"));
    });
}

async function knownNames(terminal: Terminal, noun: CompletedNoun): Promise<readonly string[]> {
  try {
    return await namesOf(await openClient(terminal, undefined), noun);
  } catch {
    return [];
  }
}
