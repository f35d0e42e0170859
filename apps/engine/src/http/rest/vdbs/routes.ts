import { Vdb } from "@opendvp/contract";
import type { Dataset, Started, VirtualSource } from "@opendvp/core";
import { requireRole } from "../../access/require-role.ts";
import { DATASET_COLUMNS } from "../datasets/columns.ts";
import type { Handlers } from "../handler.ts";
import { answerListing } from "../listing/answer-listing.ts";
import type { Listed } from "../listing/listed.ts";
import { listingHandlers } from "../listing/listing-handlers.ts";
import { loadDatasetIndex } from "../resolving/dataset-index.ts";
import { namedSnapshot, parseMoment, snapshotOrLatest } from "../resolving/point-in-history.ts";
import { startedJob } from "../resolving/started-job.ts";
import type { RestContext } from "../rest-context.ts";
import { presentDeletionPlan } from "../snapshots/presenter.ts";
import { snapshotListing } from "../snapshots/snapshot-listing.ts";
import { creationHandlers } from "./creation-handlers.ts";
import { presentVdb } from "./presenter.ts";

type Verb = "refreshBySnapshot" | "refreshByTimestamp" | "rollbackBySnapshot" | "rollbackByTimestamp";

export function vdbHandlers(context: RestContext): Handlers<"vdbs"> {
  const { engine } = context;
  const find = (nameOrReference: string): Promise<VirtualSource> => engine.resolveVirtualSource(nameOrReference);
  const answer = async (started: Started): ReturnType<Handlers<"vdbs">["undo"]> => ({
    job: await startedJob(engine, started),
    vdb_id: started.target,
  });
  return {
    ...listingHandlers(() => vdbListing(context)),
    ...creationHandlers(context),
    ...historyHandlers(context),
    show: async ({ params }) => showVdb(context, await find(params.vdbId)),
    update: async ({ params, body }, { ask }) => {
      const { reference } = await find(params.vdbId);
      const { appdata_source_params: parameters, owner, ...set } = body;
      if (owner !== undefined) requireRole(ask.by, "operator", "Handing a VDB over");
      const newOwner = owner === undefined ? {} : { owner: owner === null ? null : (await engine.resolve("users", owner)).reference };
      await engine.virtualSources.update(reference, { ...set, ...newOwner, ...(parameters === undefined ? {} : { parameters }) }, ask);
      return showVdb(context, await find(reference));
    },
    start: async ({ params }, { ask }) => answer(await engine.virtualSources.start((await find(params.vdbId)).reference, ask)),
    stop: async ({ params, body }, { ask }) => answer(await engine.virtualSources.stop((await find(params.vdbId)).reference, body, ask)),
    enable: async ({ params }, { ask }) => answer(await engine.virtualSources.enable((await find(params.vdbId)).reference, ask)),
    disable: async ({ params, body }, { ask }) =>
      answer(await engine.virtualSources.disable((await find(params.vdbId)).reference, body, ask)),
    undo: async ({ params }, { ask }) => answer(await engine.virtualSources.undo((await find(params.vdbId)).reference, ask)),
    snapshot: async ({ params, body: { allow_stop, ...name } }, { ask }) => {
      const { reference } = await find(params.vdbId);
      return answer(
        await engine.virtualSources.snapshot(reference, allow_stop === undefined ? name : { ...name, allowStop: allow_stop }, ask),
      );
    },
    listSnapshots: async ({ params, query }) => {
      const { reference } = await find(params.vdbId);
      return answerListing(snapshotListing(context, { container: reference }), query);
    },
    deletionPlan: async ({ params }) => presentDeletionPlan(await engine.virtualSources.plan((await find(params.vdbId)).reference)),
    delete: async ({ params, body }, { ask }) =>
      answer(await engine.virtualSources.delete((await find(params.vdbId)).reference, body, ask)),
  };
}

/** Refreshes and rewinds. */
function historyHandlers({ engine }: RestContext): Pick<Handlers<"vdbs">, Verb> {
  const { refresh, rollback } = {
    refresh: engine.virtualSources.refresh.bind(engine.virtualSources),
    rollback: engine.virtualSources.rollback.bind(engine.virtualSources),
  };
  const answer = async (started: Started): ReturnType<Handlers<"vdbs">["undo"]> => ({
    job: await startedJob(engine, started),
    vdb_id: started.target,
  });
  return {
    refreshBySnapshot: async ({ params, body }, { ask }) => {
      const { reference, parent } = await engine.resolveVirtualSource(params.vdbId);
      // Without a parent the engine says what is missing.
      const { snapshot_id: snapshot } = body;
      const to = snapshot === undefined || parent === null ? {} : { to: await namedSnapshot(engine, snapshot, parent) };
      return answer(await refresh(reference, to, ask));
    },
    refreshByTimestamp: async ({ params, body }, { ask }) => {
      const vdb = await engine.resolveVirtualSource(params.vdbId);
      const dataset = body.dataset_id === undefined ? vdb.parent : (await engine.resolveDataset(body.dataset_id)).reference;
      // Without a parent the engine says what is missing.
      const to = dataset === null ? {} : { to: { dataset, at: parseMoment(body.timestamp, "/timestamp") } };
      return answer(await refresh(vdb.reference, to, ask));
    },
    rollbackBySnapshot: async ({ params, body }, { ask }) => {
      const { reference } = await engine.resolveVirtualSource(params.vdbId);
      return answer(await rollback(reference, { to: await snapshotOrLatest(engine, body.snapshot_id, reference) }, ask));
    },
    rollbackByTimestamp: async ({ params, body }, { ask }) => {
      const { reference } = await engine.resolveVirtualSource(params.vdbId);
      return answer(await rollback(reference, { to: { dataset: reference, at: parseMoment(body.timestamp, "/timestamp") } }, ask));
    },
  };
}

async function showVdb(context: RestContext, vdb: VirtualSource): Promise<Vdb> {
  const { engine } = context;
  const index = await loadDatasetIndex(engine, [vdb]);
  const timeflow = vdb.currentTimeflow === null ? undefined : await engine.objects.timeflows.find(vdb.currentTimeflow);
  const sourceConfig = timeflow?.sourceConfig ?? null;
  return {
    ...presentVdb(vdb, index, context),
    appdata_config_params: sourceConfig === null ? null : engine.redacted(sourceConfig),
  };
}

function vdbListing(context: RestContext): Listed<Dataset, Vdb> {
  return {
    schema: Vdb,
    source: context.engine.objects.datasets,
    where: { kind: "VDB" },
    present: async (entities) => {
      const index = await loadDatasetIndex(context.engine, entities);
      return entities.flatMap((dataset) => (dataset.kind === "VDB" ? [presentVdb(dataset, index, context)] : []));
    },
    columns: DATASET_COLUMNS,
  };
}
