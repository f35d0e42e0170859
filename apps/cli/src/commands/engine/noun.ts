import type { Command } from "commander";
import type { Terminal } from "../../terminal.ts";
import { addEngineStart } from "./start.ts";
import { addEngineStatus } from "./status.ts";
import { addEngineStop } from "./stop.ts";

export function addEngineNoun(program: Command, terminal: Terminal): void {
  const noun = program.command("engine").description("The engine itself.");
  addEngineStart(noun, terminal);
  addEngineStop(noun, terminal);
  addEngineStatus(noun, terminal);
}
