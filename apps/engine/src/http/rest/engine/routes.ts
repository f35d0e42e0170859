import type { EngineStatus } from "@opendvp/contract";
import type { Handlers } from "../handler.ts";
import { presentPool } from "../pools/presenter.ts";
import { loadIndex, nameIn } from "../resolving/loaded-index.ts";
import type { RestContext } from "../rest-context.ts";
import { presentRestoring } from "./present-restoring.ts";

export function engineHandlers(context: RestContext): Handlers<"engine"> {
  const { identity, version } = context;
  return {
    about: () =>
      Promise.resolve({
        product: "OpenDVP" as const,
        version,
        engine_id: identity.id,
        engine_name: identity.name,
        documentation: "/v3/docs",
      }),
    status: () => status(context),
  };
}

async function status({ engine, identity, version, startedAt }: RestContext): Promise<EngineStatus> {
  const { plugins } = await loadIndex(engine, ["plugins"]);
  const { processes, missingGuards } = engine.plugins.processes();
  const pools = await engine.objects.pools.list();
  return {
    engine_id: identity.id,
    engine_name: identity.name,
    version,
    start_time: startedAt.toISOString(),
    uptime_seconds: Math.floor(process.uptime()),
    resident_bytes: process.memoryUsage.rss(),
    pools: await Promise.all(pools.map((pool) => presentPool(pool, engine))),
    plugin_processes: processes.map(({ plugin, pid, isBusy, rssBytes }) => ({
      plugin_id: plugin,
      plugin_name: nameIn(plugins, plugin),
      pid,
      is_busy: isBusy,
      resident_bytes: rssBytes,
    })),
    missing_guards: [...missingGuards],
    restoring: presentRestoring(engine.restoring()),
    open_jobs: await engine.journal.countJobs({ state: ["WAITING", "RUNNING"] }),
    active_faults: await engine.objects.faults.count({ state: "ACTIVE" }),
  };
}
