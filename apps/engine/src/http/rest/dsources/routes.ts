import { DSource } from "@opendvp/contract";
import type { Dataset, LinkedSource, Started } from "@opendvp/core";
import { DATASET_COLUMNS } from "../datasets/columns.ts";
import type { Handlers } from "../handler.ts";
import { answerListing } from "../listing/answer-listing.ts";
import type { Listed } from "../listing/listed.ts";
import { listingHandlers } from "../listing/listing-handlers.ts";
import { loadDatasetIndex } from "../resolving/dataset-index.ts";
import { startedJob } from "../resolving/started-job.ts";
import type { RestContext } from "../rest-context.ts";
import { presentDeletionPlan } from "../snapshots/presenter.ts";
import { snapshotListing } from "../snapshots/snapshot-listing.ts";
import { linkInput } from "./link-input.ts";
import { presentDSource } from "./presenter.ts";

export function dsourceHandlers(context: RestContext): Handlers<"dsources"> {
  const { engine } = context;
  const show = async (nameOrReference: string): Promise<DSource> => {
    const dsource = await engine.resolveLinkedSource(nameOrReference);
    return presentDSource(dsource, await loadDatasetIndex(engine, [dsource]), context);
  };
  const answer = async (started: Started): ReturnType<Handlers<"dsources">["enable"]> => ({
    job: await startedJob(engine, started),
    dsource_id: started.target,
  });
  const find = (nameOrReference: string): Promise<LinkedSource> => engine.resolveLinkedSource(nameOrReference);
  return {
    ...listingHandlers(() => dsourceListing(context)),
    show: ({ params }) => show(params.dsourceId),
    linkAppdata: async ({ body }, { ask }) => answer(await engine.linkedSources.link(await linkInput(engine, body), ask)),
    update: async ({ params, body }, { ask }) => {
      const { reference } = await find(params.dsourceId);
      await engine.linkedSources.update(reference, body, ask);
      return show(reference);
    },
    sync: async ({ params, body }, { ask }) => {
      const { reference } = await find(params.dsourceId);
      const input = {
        ...(body.resync === undefined ? {} : { resync: body.resync }),
        ...(body.appdata_parameters === undefined ? {} : { syncParameters: body.appdata_parameters }),
        ...(body.allow_stop === undefined ? {} : { allowStop: body.allow_stop }),
      };
      return answer(await engine.linkedSources.sync(reference, input, ask));
    },
    listSnapshots: async ({ params, query }) => {
      const { reference } = await find(params.dsourceId);
      return answerListing(snapshotListing(context, { container: reference }), query);
    },
    enable: async ({ params }, { ask }) => answer(await engine.linkedSources.enable((await find(params.dsourceId)).reference, ask)),
    disable: async ({ params, body }, { ask }) =>
      answer(await engine.linkedSources.disable((await find(params.dsourceId)).reference, body, ask)),
    deletionPlan: async ({ params }) => presentDeletionPlan(await engine.linkedSources.plan((await find(params.dsourceId)).reference)),
    delete: async ({ body: { dsource_id, ...input } }, { ask }) => {
      const answered = await answer(await engine.linkedSources.delete((await find(dsource_id)).reference, input, ask));
      return { ...answered.job, ...answered };
    },
  };
}

function dsourceListing(context: RestContext): Listed<Dataset, DSource> {
  return {
    schema: DSource,
    source: context.engine.objects.datasets,
    where: { kind: "DSOURCE" },
    present: async (datasets) => {
      const index = await loadDatasetIndex(context.engine, datasets);
      return datasets.flatMap((dataset) => (dataset.kind === "DSOURCE" ? [presentDSource(dataset, index, context)] : []));
    },
    columns: DATASET_COLUMNS,
  };
}
