import type { Command } from "commander";
import type { Terminal } from "../../terminal.ts";
import { addEnvironmentUserAdd } from "./add.ts";
import { addEnvironmentUserList } from "./list.ts";
import { addEnvironmentUserRemove } from "./remove.ts";

export function addEnvironmentUserNoun(environment: Command, terminal: Terminal): void {
  const noun = environment.command("user").description("The users of a host that commands may run as.");
  addEnvironmentUserAdd(noun, terminal);
  addEnvironmentUserList(noun, terminal);
  addEnvironmentUserRemove(noun, terminal);
}
