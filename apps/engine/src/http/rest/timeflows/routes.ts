import { Timeflow } from "@opendvp/contract";
import type { Timeflow as TimeflowEntity } from "@opendvp/core";
import type { Handlers } from "../handler.ts";
import type { Listed } from "../listing/listed.ts";
import { listingHandlers } from "../listing/listing-handlers.ts";
import { loadDatasets } from "../resolving/load-datasets.ts";
import { startedJob } from "../resolving/started-job.ts";
import type { RestContext } from "../rest-context.ts";
import { presentDeletionPlan } from "../snapshots/presenter.ts";
import { presentTimeflow } from "./presenter.ts";

export function timeflowHandlers({ engine, identity }: RestContext): Handlers<"timeflows"> {
  const listed: Listed<TimeflowEntity, Timeflow> = {
    schema: Timeflow,
    source: engine.objects.timeflows,
    present: async (timeflows) => {
      const containers = timeflows.map(({ container }) => container);
      const datasets = await loadDatasets(engine, containers);
      return timeflows.map((timeflow) => presentTimeflow(timeflow, datasets, identity));
    },
    columns: { id: "reference", name: "name", dataset_id: "container", creation_timestamp: "createdAt" },
  };
  return {
    ...listingHandlers(() => listed),
    show: async ({ params }) => {
      const timeflow = await engine.resolve("timeflows", params.timeflowId);
      return presentTimeflow(timeflow, await loadDatasets(engine, [timeflow.container]), identity);
    },
    deletionPlan: async ({ params }) =>
      presentDeletionPlan(await engine.timeflows.plan((await engine.resolve("timeflows", params.timeflowId)).reference)),
    delete: async ({ params }, { ask }) => {
      const { reference } = await engine.resolve("timeflows", params.timeflowId);
      return { job: await startedJob(engine, await engine.timeflows.delete(reference, ask)), timeflow_id: reference };
    },
  };
}
