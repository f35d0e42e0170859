import type { Command } from "commander";
import type { Terminal } from "../../terminal.ts";
import { addVdbCreateEmpty } from "./create-empty.ts";
import { addVdbDelete } from "./delete.ts";
import { addVdbDisable } from "./disable.ts";
import { addVdbEnable } from "./enable.ts";
import { addVdbList } from "./list.ts";
import { addVdbProvision } from "./provision.ts";
import { addVdbRefresh } from "./refresh.ts";
import { addVdbRename } from "./rename.ts";
import { addVdbRewind } from "./rewind.ts";
import { addVdbShow } from "./show.ts";
import { addVdbSnapshot } from "./snapshot.ts";
import { addVdbStart } from "./start.ts";
import { addVdbStop } from "./stop.ts";
import { addVdbUndo } from "./undo.ts";
import { addVdbUpdate } from "./update.ts";

export function addVdbNoun(program: Command, terminal: Terminal): void {
  const noun = program.command("vdb").description("Virtual sources: writable copies.");
  addVdbProvision(noun, terminal);
  addVdbCreateEmpty(noun, terminal);
  addVdbList(noun, terminal);
  addVdbShow(noun, terminal);
  addVdbUpdate(noun, terminal);
  addVdbRename(noun, terminal);
  addVdbStart(noun, terminal);
  addVdbStop(noun, terminal);
  addVdbEnable(noun, terminal);
  addVdbDisable(noun, terminal);
  addVdbRefresh(noun, terminal);
  addVdbRewind(noun, terminal);
  addVdbUndo(noun, terminal);
  addVdbSnapshot(noun, terminal);
  addVdbDelete(noun, terminal);
}
