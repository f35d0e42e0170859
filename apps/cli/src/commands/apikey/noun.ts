import type { Command } from "commander";
import type { Terminal } from "../../terminal.ts";
import { addApiKeyCreate } from "./create.ts";
import { addApiKeyDelete } from "./delete.ts";
import { addApiKeyList } from "./list.ts";

export function addApiKeyNoun(program: Command, terminal: Terminal): void {
  const noun = program.command("apikey").description("Keys for programs.");
  addApiKeyCreate(noun, terminal);
  addApiKeyList(noun, terminal);
  addApiKeyDelete(noun, terminal);
}
