import type { Command } from "commander";
import type { Terminal } from "../../terminal.ts";
import { addSnapshotCreate } from "./create.ts";
import { addSnapshotDelete } from "./delete.ts";
import { addSnapshotList } from "./list.ts";
import { addSnapshotShow } from "./show.ts";

export function addSnapshotNoun(program: Command, terminal: Terminal): void {
  const noun = program.command("snapshot").description("States of datasets at a moment.");
  addSnapshotList(noun, terminal);
  addSnapshotShow(noun, terminal);
  addSnapshotCreate(noun, terminal);
  addSnapshotDelete(noun, terminal);
}
