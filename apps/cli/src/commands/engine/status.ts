import type { EngineStatus } from "@opendvp/contract";
import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import { runs } from "../../command/runs.ts";

import { openClient } from "../../configuration/open-client.ts";
import { readEngineFile } from "../../engine-process/engine-file.ts";
import { formatBytes } from "../../output/format-bytes.ts";
import { formatDetails } from "../../output/format-table.ts";
import { formatTime } from "../../output/format-time.ts";
import type { Terminal } from "../../terminal.ts";
import { DATA_DIRECTORY_OPTION, type EngineOptions } from "./engine-options.ts";

export function addEngineStatus(engine: Command, terminal: Terminal): void {
  const command = addCommand(engine, "status", "Show how an engine is: pools, plugin processes, what this machine lacks.").option(
    ...DATA_DIRECTORY_OPTION,
  );
  runs<EngineOptions>(command, terminal, async (context) => {
    const { dataDir, engine: named } = context.options;
    const local = dataDir === undefined ? undefined : (await readEngineFile(dataDir))?.address;
    const client = await openClient(terminal, named ?? local);
    const status = await client.engine.status();
    context.print({ address: client.address, ...status }, () => words(client.address, status));
  });
}

function words(address: string, status: EngineStatus): string {
  const pools = status.pools.map(({ name, driver, usage, capabilities, problem }) =>
    problem === null
      ? `${name} (${driver}${capabilities?.thin_clones === false ? ", full copies" : ""}): ${formatBytes(usage?.free_bytes)} free`
      : `${name}: ${problem}`,
  );
  return formatDetails([
    ["Address", address],
    ["Engine", `${status.engine_name}, version ${status.version}`],
    ["Running since", formatTime(status.start_time)],
    ["Memory", formatBytes(status.resident_bytes)],
    ["Open jobs", status.open_jobs],
    ["Active faults", status.active_faults],
    ["Pools", pools.join("; ")],
    [
      "Plugin processes",
      status.plugin_processes.map(({ plugin_name, pid, is_busy }) => `${plugin_name} (${pid}, ${is_busy ? "busy" : "idle"})`).join(", "),
    ],
    ["Missing guards", status.missing_guards.join("; ")],
  ]);
}
