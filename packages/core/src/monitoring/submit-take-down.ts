import { timeflowOf } from "../datasets/dataset-checks.ts";
import { found } from "../datasets/scenes.ts";
import type { Dataset } from "../entities/dataset.ts";
import type { JobRequest } from "../jobs/job-request.ts";
import type { Jobs } from "../jobs/jobs.ts";
import type { Choose, Workflow } from "../jobs/workflow.ts";
import type { LinkedFacts } from "../linked-sources/linked-facts.ts";
import { linkedLocks } from "../linked-sources/linked-locks.ts";
import type { Ask, Started } from "../use-cases/asking.ts";
import { vdbLocks } from "../virtual-sources/vdb-locks.ts";
import type { VirtualFacts } from "../virtual-sources/virtual-facts.ts";

export interface TakeDownWorkflows {
  readonly virtual: Workflow<VirtualFacts>;
  readonly linked: Workflow<LinkedFacts>;
}

export interface TakeDownOrder {
  readonly dataset: Dataset;
  readonly isForced: boolean;
  readonly ask: Ask;
}

/** Asks for the job that takes a dataset off its host. */
export function submitTakeDown(jobs: Jobs, workflows: TakeDownWorkflows, { dataset, isForced, ask }: TakeDownOrder): Promise<Started> {
  const { reference: target, name } = dataset;
  const request = { title: `Take down ${name}`, targetName: name };
  const current = async ({ objects }: Choose): Promise<Dataset> => found(await objects.datasets.find(target), target);
  if (dataset.kind === "DSOURCE") {
    const draft: JobRequest<LinkedFacts>["draft"] = async (choose) => {
      const linked = await current(choose);
      const locks = linked.kind === "DSOURCE" ? linkedLocks(linked) : [];
      return { target, input: { dataset: target, timeflow: timeflowOf(linked), isStaged: true, isForced }, locks };
    };
    return jobs.submit({ ...request, workflow: workflows.linked, operation: "dsource.take-down", draft }, ask);
  }
  const draft: JobRequest<VirtualFacts>["draft"] = async (choose) => {
    const vdb = await current(choose);
    const { hasExtendedStartStopHooks: hasExtendedHooks } = found(await choose.objects.plugins.find(vdb.plugin), vdb.plugin);
    const locks = vdb.kind === "VDB" ? vdbLocks(vdb) : [];
    return { target, input: { dataset: target, timeflow: timeflowOf(vdb), hasExtendedHooks, isForced }, locks };
  };
  return jobs.submit({ ...request, workflow: workflows.virtual, operation: "vdb.take-down", draft }, ask);
}
