import type { Command } from "commander";
import { addCommand, wholeNumber } from "../../command/add-command.ts";
import { runs } from "../../command/runs.ts";
import { stopEngine } from "../../engine-process/stop-engine.ts";
import type { Terminal } from "../../terminal.ts";
import { DATA_DIRECTORY_OPTION, dataDirectoryOf, type EngineOptions } from "./engine-options.ts";

interface Options extends EngineOptions {
  readonly timeout: number;
}

export function addEngineStop(engine: Command, terminal: Terminal): void {
  const command = addCommand(engine, "stop", "Stop the engine of this machine.")
    .option(...DATA_DIRECTORY_OPTION)
    .option("--timeout <seconds>", "how long to wait until it has ended", wholeNumber, 60);
  runs<Options>(command, terminal, async (context) => {
    const dataDirectory = dataDirectoryOf(context.options, terminal);
    const stopped = await stopEngine(dataDirectory, context.options.timeout * 1000);
    const words = stopped === undefined ? `No engine runs on ${dataDirectory}.` : "The engine has stopped.";
    context.print({ stopped: stopped !== undefined, pid: stopped?.pid ?? null, data_directory: dataDirectory }, () => words);
  });
}
