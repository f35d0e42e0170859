import type { Command } from "commander";
import type { Terminal } from "../../terminal.ts";
import { addEnvironmentUserNoun } from "../environment-user/noun.ts";
import { addEnvironmentCreate } from "./create.ts";
import { addEnvironmentDelete } from "./delete.ts";
import { addEnvironmentList } from "./list.ts";
import { addEnvironmentRefresh } from "./refresh.ts";
import { addEnvironmentRename } from "./rename.ts";
import { addEnvironmentShow } from "./show.ts";
import { addEnvironmentUpdate } from "./update.ts";

export function addEnvironmentNoun(program: Command, terminal: Terminal): void {
  const noun = program.command("environment").description("Hosts that the engine reaches, and their users.");
  addEnvironmentCreate(noun, terminal);
  addEnvironmentList(noun, terminal);
  addEnvironmentShow(noun, terminal);
  addEnvironmentUpdate(noun, terminal);
  addEnvironmentRename(noun, terminal);
  addEnvironmentRefresh(noun, terminal);
  addEnvironmentDelete(noun, terminal);
  addEnvironmentUserNoun(noun, terminal);
}
