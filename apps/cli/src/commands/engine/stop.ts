import { resolve } from "node:path";
import { EngineError } from "@opendvp/model";
import type { Command } from "commander";
import { addCommand, wholeNumber } from "../../command/add-command.ts";
import type { Context } from "../../command/context.ts";
import { runs } from "../../command/runs.ts";
import { definedEnvironment } from "../../engine-process/defined-environment.ts";
import { locateEngine } from "../../engine-process/locate-engine.ts";
import { stopEngine } from "../../engine-process/stop-engine.ts";
import { leftError, takeDownEngine, type TakenDown } from "../../engine-process/take-down-engine.ts";
import { progressLine } from "../../output/progress-line.ts";
import type { Terminal } from "../../terminal.ts";
import { DATA_DIRECTORY_OPTION, dataDirectoryOf, engineArguments, type EngineOptions } from "./engine-options.ts";

const UNMOUNT_TIMEOUT_SECONDS = 600;

interface Options extends EngineOptions {
  readonly timeout: number;
  readonly unmount?: boolean;
  readonly unmountTimeout?: number;
  readonly force?: boolean;
}

export function addEngineStop(engine: Command, terminal: Terminal): void {
  const command = addCommand(engine, "stop", "Stop the engine of this machine; its datasets stay mounted and go on running.")
    .option(...DATA_DIRECTORY_OPTION)
    .option("--timeout <seconds>", "how long to wait until it has ended", wholeNumber, 60)
    .option("--unmount", "also take its datasets and its pool off this machine; the next start brings them back")
    .option("--unmount-timeout <seconds>", `with --unmount: how long to wait for that (default: ${UNMOUNT_TIMEOUT_SECONDS})`, wholeNumber)
    .option("--force", "with --unmount: go on after errors of plugins, and end what uses a dataset");
  runs<Options>(command, terminal, async (context) => {
    requireUnmount(context.options);
    const dataDirectory = resolve(dataDirectoryOf(context.options, terminal));
    const stopped = await stopEngine(dataDirectory, context.options.timeout * 1000);
    const taken = context.options.unmount === true ? await takeDown(context, dataDirectory) : undefined;
    const error = taken === undefined ? undefined : leftError(taken);
    const told = { stopped: stopped !== undefined, pid: stopped?.pid ?? null, data_directory: dataDirectory };
    context.print({ ...told, ...(taken === undefined ? {} : { unmounted: error === undefined, ...taken }) }, () => {
      const first = stopped === undefined ? `No engine runs on ${dataDirectory}.` : "The engine has stopped.";
      return taken !== undefined && error === undefined ? `${first} Nothing of it is mounted any more.` : first;
    });
    if (error !== undefined) throw error;
  });
}

/** Nobody is to believe that what they asked for has been done. @throws EngineError `INPUT_INVALID` */
function requireUnmount({ unmount, force, unmountTimeout }: Options): void {
  if (unmount === true) return;
  for (const [option, given] of Object.entries({ "--force": force, "--unmount-timeout": unmountTimeout })) {
    if (given === undefined) continue;
    throw new EngineError("INPUT_INVALID", `${option} goes with --unmount.`, {
      action: "Say --unmount as well to take its datasets off this machine, or leave it out: they stay mounted.",
    });
  }
}

async function takeDown(context: Context<Options>, dataDirectory: string): Promise<TakenDown> {
  const { terminal, options } = context;
  const line = progressLine(terminal, context.isQuiet);
  try {
    return await takeDownEngine({
      program: await locateEngine(terminal),
      args: engineArguments(dataDirectory, {}),
      dataDirectory,
      env: definedEnvironment(terminal),
      isForced: options.force === true,
      timeLimitMs: (options.unmountTimeout ?? UNMOUNT_TIMEOUT_SECONDS) * 1000,
      onProgress: ({ total, remaining }) => {
        if (remaining > 0) line.show(`Taking datasets down: ${total - remaining} of ${total}`);
      },
    });
  } finally {
    line.close();
  }
}
