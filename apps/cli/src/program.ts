import { Command } from "commander";
import { configureProgram } from "./command/configure-program.ts";
import { addActionNoun } from "./commands/action/noun.ts";
import { addApiKeyNoun } from "./commands/apikey/noun.ts";
import { addBuild } from "./commands/build.ts";
import { addComplete } from "./commands/completion/complete.ts";
import { addCompletion } from "./commands/completion/completion.ts";
import { addDownloadLogs } from "./commands/download-logs.ts";
import { addDSourceNoun } from "./commands/dsource/noun.ts";
import { addEngineNoun } from "./commands/engine/noun.ts";
import { addEnvironmentNoun } from "./commands/environment/noun.ts";
import { addFaultNoun } from "./commands/fault/noun.ts";
import { addHookNoun } from "./commands/hook/noun.ts";
import { addInit } from "./commands/init.ts";
import { addJobNoun } from "./commands/job/noun.ts";
import { addLogin } from "./commands/login.ts";
import { addPluginNoun } from "./commands/plugin/noun.ts";
import { addPoolNoun } from "./commands/pool/noun.ts";
import { addRepositoryNoun } from "./commands/repository/noun.ts";
import { addSnapshotNoun } from "./commands/snapshot/noun.ts";
import { addSourceNoun } from "./commands/source/noun.ts";
import { addTest } from "./commands/test.ts";
import { addTimeflowNoun } from "./commands/timeflow/noun.ts";
import { addToolkitNoun } from "./commands/toolkit/noun.ts";
import { addUpload } from "./commands/upload.ts";
import { addUserNoun } from "./commands/user/noun.ts";
import { addVdbNoun } from "./commands/vdb/noun.ts";
import type { Terminal } from "./terminal.ts";
import { VERSION } from "./version.ts";

/** Every command of `dvp`. */
const COMMANDS: readonly ((program: Command, terminal: Terminal) => void)[] = [
  addEngineNoun,
  addLogin,
  addInit,
  addBuild,
  addUpload,
  addTest,
  addDownloadLogs,
  addPluginNoun,
  addToolkitNoun,
  addEnvironmentNoun,
  addRepositoryNoun,
  addSourceNoun,
  addDSourceNoun,
  addVdbNoun,
  addSnapshotNoun,
  addTimeflowNoun,
  addHookNoun,
  addJobNoun,
  addActionNoun,
  addFaultNoun,
  addPoolNoun,
  addUserNoun,
  addApiKeyNoun,
  addCompletion,
  addComplete,
];

/** The command line as a tree of commands. */
export function createProgram(terminal: Terminal): Command {
  const program = configureProgram(new Command("dvp"), terminal)
    .description("Link any dataset, keep it in sync, and hand out writable virtual copies.")
    .version(VERSION, "--version")
    .enablePositionalOptions();
  for (const add of COMMANDS) add(program, terminal);
  return program;
}
