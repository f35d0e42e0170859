import type { Command } from "commander";
import { repeated } from "../../command/add-command.ts";
import type { CommonOptions } from "../../command/common-options.ts";
import { defaultDataDirectory } from "../../configuration/locations.ts";
import type { Terminal } from "../../terminal.ts";

export interface EngineOptions extends CommonOptions {
  readonly dataDir?: string;
}

/** What an engine is started with; what is not given stays as the data directory was set up. */
export interface EngineStartOptions extends EngineOptions {
  readonly storage?: string;
  readonly catalog?: string;
  readonly listen?: string;
  readonly environmentUser?: readonly string[];
  readonly foreground?: boolean;
  readonly timeout: number;
  /** False: datasets are left to come back by themselves. */
  readonly wait: boolean;
  readonly restoreTimeout: number;
}

export const DATA_DIRECTORY_OPTION = ["--data-dir <path>", "the engine's directory: catalog, keys, artifacts, log"] as const;

export function addStartOptions(command: Command): Command {
  return command
    .option("--storage <spec>", "zfs:DATASET, btrfs:PATH, reflink:PATH, copy:PATH or embedded[:SIZE]; kept for later starts")
    .option("--catalog <address>", "sqlite, or postgresql://USER@HOST/DATABASE, with its password in ~/.pgpass; kept for later starts")
    .option("--listen <host:port>", "where to listen; port 0 takes a free one; kept for later starts")
    .option("--environment-user <name>", "a user of this machine that commands may run as; repeatable; kept for later starts", repeated);
}

export function dataDirectoryOf(options: EngineOptions, terminal: Terminal): string {
  return options.dataDir ?? defaultDataDirectory(terminal);
}

/** The arguments of the engine's program. */
export function engineArguments(
  dataDirectory: string,
  options: Pick<EngineStartOptions, "storage" | "catalog" | "listen" | "environmentUser">,
): string[] {
  const { storage, catalog, listen, environmentUser = [] } = options;
  return [
    "--data-dir",
    dataDirectory,
    ...(storage === undefined ? [] : ["--storage", storage]),
    ...(catalog === undefined ? [] : ["--catalog", catalog]),
    ...(listen === undefined ? [] : ["--listen", listen]),
    ...environmentUser.flatMap((name) => ["--environment-user", name]),
  ];
}
