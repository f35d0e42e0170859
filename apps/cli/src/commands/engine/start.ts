import { resolve } from "node:path";
import { makeDirectory, runAttached } from "@opendvp/subprocess";
import type { Pool } from "@opendvp/contract";
import { EngineError } from "@opendvp/model";
import type { Command } from "commander";
import { addCommand, wholeNumber } from "../../command/add-command.ts";
import type { Context } from "../../command/context.ts";
import { runs } from "../../command/runs.ts";
import { definedEnvironment } from "../../engine-process/defined-environment.ts";
import { locateEngine } from "../../engine-process/locate-engine.ts";
import { runningEngine } from "../../engine-process/running-engine.ts";
import type { EngineRequest } from "../../engine-process/engine-daemon.ts";
import { notBackError, type Restoring, type RestoringWait } from "../../engine-process/follow-restoring.ts";
import { startEngine, type StartedEngine } from "../../engine-process/start-engine.ts";
import { canDo, cannotDo, poolLine } from "../../output/pool-abilities.ts";
import { progressLine } from "../../output/progress-line.ts";
import type { Terminal } from "../../terminal.ts";
import { addStartOptions, DATA_DIRECTORY_OPTION, dataDirectoryOf, engineArguments, type EngineStartOptions } from "./engine-options.ts";

export function addEngineStart(engine: Command, terminal: Terminal): void {
  const command = addStartOptions(addCommand(engine, "start", "Start an engine on this machine.").option(...DATA_DIRECTORY_OPTION))
    .option("--foreground", "stay attached to the terminal, until it is stopped")
    .option("--timeout <seconds>", "how long to wait until it is ready", wholeNumber, 60)
    .option("--restore-timeout <seconds>", "how long to wait then until its datasets are back", wholeNumber, 300)
    .option("--no-wait", "do not wait until its datasets are back");
  runs<EngineStartOptions>(command, terminal, async (context) => {
    const dataDirectory = resolve(dataDirectoryOf(context.options, terminal));
    await refuseSecond(dataDirectory);
    const program = await locateEngine(terminal);
    const args = engineArguments(dataDirectory, context.options);
    const env = definedEnvironment(terminal);
    if (context.options.foreground === true) {
      await makeDirectory(dataDirectory, 0o700);
      process.exitCode = await runAttached({ file: program.file, args: [...program.args, ...args], env });
      return;
    }
    const started = await startAndWait(context, { program, args, dataDirectory, env });
    announce(context, started);
    const error = notBackError(started.restoring);
    if (error !== undefined) throw error;
  });
}

async function startAndWait(context: Context<EngineStartOptions>, request: EngineRequest): Promise<StartedEngine> {
  const { timeout, restoreTimeout, wait } = context.options;
  const line = progressLine(context.terminal, context.isQuiet);
  const onProgress: RestoringWait["onProgress"] = ({ total, remaining }) => {
    if (remaining > 0) line.show(`Bringing datasets back: ${total - remaining} of ${total}`);
  };
  const restoring = wait ? { restoring: { timeLimitMs: restoreTimeout * 1000, onProgress } } : {};
  try {
    return await startEngine({ ...request, timeLimitMs: timeout * 1000, ...restoring });
  } finally {
    line.close();
  }
}

async function refuseSecond(dataDirectory: string): Promise<void> {
  const running = await runningEngine(dataDirectory);
  if (running === undefined) return;
  throw new EngineError("ENGINE_ALREADY_RUNNING", `An engine already runs on ${dataDirectory}, at ${running.address}.`, {
    action: "Stop it with `dvp engine stop`, or choose another --data-dir.",
    details: { pid: running.pid, address: running.address },
  });
}

function announce(context: Context, started: StartedEngine): void {
  context.print(started, () => {
    const listens = `The engine listens at ${started.address} (process ${started.pid}, data in ${started.data_directory}).`;
    if (started.password === undefined) return [listens, ...backLines(started.restoring)].join("\n");
    const login = `Log in with: dvp login --engine ${started.address} --user ${started.username ?? "admin"}`;
    return [
      listens,
      ...started.pools.flatMap(poolLines),
      "",
      `This is its first start. The password of ${started.username ?? "admin"}, shown this once: ${started.password}`,
      login,
    ].join("\n");
  });
}

/** What the storage can do and what it cannot is said before anybody relies on it. */
function poolLines(pool: Pool): readonly string[] {
  const cannot = cannotDo(pool);
  return [`Pool ${poolLine(pool)}`, `  can do: ${canDo(pool)}`, ...(cannot === "" ? [] : [`  cannot do: ${cannot}`])];
}

function backLines(restoring: Restoring | undefined): readonly string[] {
  if (restoring?.is_done !== true || restoring.total === 0 || restoring.failed.length > 0) return [];
  return [restoring.total === 1 ? "Its dataset is back." : `All of its ${restoring.total} datasets are back.`];
}
