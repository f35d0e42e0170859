import type { EngineStatus, Pool } from "@opendvp/contract";
import { EngineError } from "@opendvp/model";
import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import { runs } from "../../command/runs.ts";
import { openClient } from "../../configuration/open-client.ts";
import { runningEngine } from "../../engine-process/running-engine.ts";
import { formatBytes } from "../../output/format-bytes.ts";
import { formatDetails } from "../../output/format-table.ts";
import { formatTime } from "../../output/format-time.ts";
import { canDo, cannotDo, poolLine } from "../../output/pool-abilities.ts";
import type { Terminal } from "../../terminal.ts";
import { DATA_DIRECTORY_OPTION, type EngineOptions } from "./engine-options.ts";

export function addEngineStatus(engine: Command, terminal: Terminal): void {
  const command = addCommand(engine, "status", "Show how an engine is: pools, plugin processes, what this machine lacks.").option(
    ...DATA_DIRECTORY_OPTION,
  );
  runs<EngineOptions>(command, terminal, async (context) => {
    const { dataDir, engine: named } = context.options;
    const client = await openClient(terminal, dataDir === undefined ? named : await addressOn(dataDir));
    const status = await client.engine.status();
    context.print({ address: client.address, ...status }, () => words(client.address, status));
  });
}

async function addressOn(dataDirectory: string): Promise<string> {
  const running = await runningEngine(dataDirectory);
  if (running !== undefined) return running.address;
  throw new EngineError("ENGINE_UNREACHABLE", `No engine runs on ${dataDirectory}.`, {
    action: "Start it with `dvp engine start`, or name another --data-dir.",
    details: { dataDirectory },
  });
}

function words(address: string, status: EngineStatus): string {
  const { restoring } = status;
  return formatDetails([
    ["Address", address],
    ["Engine", `${status.engine_name}, version ${status.version}`],
    ["Running since", formatTime(status.start_time)],
    ["Memory", formatBytes(status.resident_bytes)],
    ["Open jobs", status.open_jobs],
    ["Active faults", status.active_faults],
    ["Datasets back", backWords(restoring)],
    ...restoring.failed.map(({ dataset_name, message }) => [`Not back: ${dataset_name}`, message] as const),
    ...status.pools.flatMap(poolDetails),
    [
      "Plugin processes",
      status.plugin_processes.map(({ plugin_name, pid, is_busy }) => `${plugin_name} (${pid}, ${is_busy ? "busy" : "idle"})`).join(", "),
    ],
    ["Missing guards", status.missing_guards.join("; ")],
  ]);
}

function backWords({ is_done, total, remaining, failed }: EngineStatus["restoring"]): string {
  const back = `${total - remaining - failed.length} of ${total}`;
  return is_done ? back : `${back}, the rest is being brought back`;
}

function poolDetails(pool: Pool): readonly (readonly [string, string])[] {
  if (pool.problem !== null) return [["Pool", poolLine(pool)]];
  return [
    ["Pool", `${poolLine(pool)}: ${formatBytes(pool.usage?.free_bytes)} free`],
    ["  can do", canDo(pool)],
    ["  cannot do", cannotDo(pool)],
  ];
}
