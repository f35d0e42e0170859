import type { Command } from "commander";
import type { Terminal } from "../../terminal.ts";
import { addPoolList } from "./list.ts";
import { addPoolShow } from "./show.ts";

export function addPoolNoun(program: Command, terminal: Terminal): void {
  const noun = program.command("pool").description("Places for datasets.");
  addPoolList(noun, terminal);
  addPoolShow(noun, terminal);
}
