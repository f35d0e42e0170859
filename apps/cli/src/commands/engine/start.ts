import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { runAttached } from "@opendvp/subprocess";
import { EngineError } from "@opendvp/model";
import type { Command } from "commander";
import { addCommand, wholeNumber } from "../../command/add-command.ts";
import type { Context } from "../../command/context.ts";
import { runs } from "../../command/runs.ts";
import { definedEnvironment } from "../../engine-process/defined-environment.ts";
import { locateEngine } from "../../engine-process/locate-engine.ts";
import { runningEngine } from "../../engine-process/running-engine.ts";
import { startEngine, type StartedEngine } from "../../engine-process/start-engine.ts";
import type { Terminal } from "../../terminal.ts";
import { addStartOptions, DATA_DIRECTORY_OPTION, dataDirectoryOf, engineArguments, type EngineStartOptions } from "./engine-options.ts";

export function addEngineStart(engine: Command, terminal: Terminal): void {
  const command = addStartOptions(addCommand(engine, "start", "Start an engine on this machine.").option(...DATA_DIRECTORY_OPTION))
    .option("--foreground", "stay attached to the terminal, until it is stopped")
    .option("--timeout <seconds>", "how long to wait until it is ready", wholeNumber, 60);
  runs<EngineStartOptions>(command, terminal, async (context) => {
    const dataDirectory = resolve(dataDirectoryOf(context.options, terminal));
    await refuseSecond(dataDirectory);
    const program = await locateEngine(terminal);
    const args = engineArguments(dataDirectory, context.options);
    const env = definedEnvironment(terminal);
    if (context.options.foreground === true) {
      await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
      process.exitCode = await runAttached({ file: program.file, args: [...program.args, ...args], env });
      return;
    }
    const timeLimitMs = context.options.timeout * 1000;
    announce(context, await startEngine({ program, args, dataDirectory, env, timeLimitMs }));
  });
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
    const listens = [
      `The engine listens at ${started.address} (process ${started.pid}, data in ${started.data_directory}).`,
      ...started.limits,
    ].join("\n");
    if (started.password === undefined) return listens;
    const login = `Log in with: dvp login --engine ${started.address} --user ${started.username ?? "admin"}`;
    return [
      listens,
      "",
      `This is its first start. The password of ${started.username ?? "admin"}, shown this once: ${started.password}`,
      login,
    ].join("\n");
  });
}
