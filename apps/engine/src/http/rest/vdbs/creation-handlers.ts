import type { PointInHistory, Started } from "@opendvp/core";
import type { Caller, Handlers } from "../handler.ts";
import { parseMoment } from "../resolving/point-in-history.ts";
import { pointToCopy } from "../resolving/point-to-copy.ts";
import { startedJob } from "../resolving/started-job.ts";
import type { RestContext } from "../rest-context.ts";
import { pluginAt, type VirtualSourceBody, virtualSourceInput } from "./virtual-source-input.ts";

type Creations = Pick<Handlers<"vdbs">, "provisionBySnapshot" | "provisionByTimestamp" | "provisionByLocation" | "createEmpty">;
type Answer = ReturnType<Creations["createEmpty"]>;

/** The routes that make a VDB. */
export function creationHandlers({ engine }: RestContext): Creations {
  const answer = async (started: Started): Answer => ({ job: await startedJob(engine, started), vdb_id: started.target });
  const provision = async (body: VirtualSourceBody, from: PointInHistory, caller: Caller): Answer => {
    const input = await virtualSourceInput(engine, body, { plugin: await pluginAt(engine, from), caller });
    return answer(await engine.virtualSources.provision({ ...input, from }, caller.ask));
  };
  return {
    provisionBySnapshot: async ({ body }, caller) =>
      provision(body, await pointToCopy(engine, body.snapshot_id, body.source_data_id), caller),
    provisionByTimestamp: async ({ body }, caller) => {
      const dataset = (await engine.resolveDataset(body.source_data_id)).reference;
      return provision(
        body,
        body.timestamp === undefined ? { dataset } : { dataset, at: parseMoment(body.timestamp, "/timestamp") },
        caller,
      );
    },
    provisionByLocation: async ({ body }, caller) => provision(body, await pointToCopy(engine, body.location, body.source_data_id), caller),
    createEmpty: async ({ body }, caller) => {
      const plugin = body.toolkit_id === undefined ? undefined : (await engine.resolve("plugins", body.toolkit_id)).reference;
      const pool = body.pool_id === undefined ? {} : { pool: (await engine.resolve("pools", body.pool_id)).reference };
      const input = await virtualSourceInput(engine, body, { plugin, caller });
      return answer(await engine.virtualSources.createEmpty({ ...input, ...pool }, caller.ask));
    },
  };
}
