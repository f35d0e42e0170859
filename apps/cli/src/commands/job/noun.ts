import type { Command } from "commander";
import type { Terminal } from "../../terminal.ts";
import { addJobCancel } from "./cancel.ts";
import { addJobList } from "./list.ts";
import { addJobShow } from "./show.ts";
import { addJobWatch } from "./watch.ts";

export function addJobNoun(program: Command, terminal: Terminal): void {
  const noun = program.command("job").description("What the engine does and did.");
  addJobList(noun, terminal);
  addJobShow(noun, terminal);
  addJobWatch(noun, terminal);
  addJobCancel(noun, terminal);
}
