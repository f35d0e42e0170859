import type { Command } from "commander";
import type { Terminal } from "../../terminal.ts";
import { addToolkitBuild } from "./build.ts";
import { addToolkitCheck } from "./check.ts";
import { addToolkitUpload } from "./upload.ts";

export function addToolkitNoun(program: Command, terminal: Terminal): void {
  const noun = program.command("toolkit").description("Legacy toolkits: a main.json and scripts in Lua.");
  addToolkitBuild(noun, terminal);
  addToolkitCheck(noun, terminal);
  addToolkitUpload(noun, terminal);
}
