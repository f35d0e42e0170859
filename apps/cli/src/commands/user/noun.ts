import type { Command } from "commander";
import type { Terminal } from "../../terminal.ts";
import { addUserAdd } from "./add.ts";
import { addUserDelete } from "./delete.ts";
import { addUserList } from "./list.ts";
import { addUserPassword } from "./password.ts";

export function addUserNoun(program: Command, terminal: Terminal): void {
  const noun = program.command("user").description("Who may use the engine.");
  addUserAdd(noun, terminal);
  addUserList(noun, terminal);
  addUserPassword(noun, terminal);
  addUserDelete(noun, terminal);
}
