import { EngineError, type Reference } from "@opendvp/model";
import type { Dataset } from "../entities/dataset.ts";
import type { Job } from "../entities/job.ts";
import type { Catalog } from "../ports/catalog.ts";
import type { Ask, Started } from "../use-cases/asking.ts";
import { ENGINE_NAME } from "../users/reserved-names.ts";
import type { LeftDataset } from "./restoration.ts";

export interface TakeDownParts {
  readonly catalog: Catalog;
  readonly ended: (job: Reference<"JOB">) => Promise<Job>;
  readonly takeDown: (dataset: Dataset, request: { readonly isForced: boolean; readonly ask: Ask }) => Promise<Started>;
}

export interface TakeDownRequest {
  /** Errors of plugins and hooks are only noted, and what uses a mount is ended. */
  readonly isForced?: boolean;
  /** Absent: all that are on a host. */
  readonly only?: readonly Reference<"APPDATA_CONTAINER">[];
  readonly onProgress?: (progress: { readonly total: number; readonly remaining: number }) => void;
}

const ENGINE: Ask = { by: { name: ENGINE_NAME, role: "operator" }, isQueued: true, isAheadOfQueue: true };

/**
 * Takes datasets off their hosts without a change of what they are wanted to be. Each is a job that waits for
 * those that run, and for none that waits itself, so that a crash in the midst leaves nothing half done. Resolves with those that are still there.
 */
export async function takeDownDatasets(parts: TakeDownParts, request: TakeDownRequest = {}): Promise<readonly LeftDataset[]> {
  const { objects } = parts.catalog;
  const mounted = new Set((await objects.mounts.list()).map(({ container }) => container));
  const datasets = (await objects.datasets.list()).filter(
    ({ reference }) => mounted.has(reference) && request.only?.includes(reference) !== false,
  );
  const [total, left]: [number, LeftDataset[]] = [datasets.length, []];
  let remaining = total;
  const tell = (): void => request.onProgress?.({ total, remaining });
  tell();
  await Promise.all(
    datasets.map(async (dataset) => {
      const error = await whyLeft(parts, dataset, request.isForced === true);
      if (error !== undefined) left.push({ dataset: dataset.reference, name: dataset.name, error: error.toShape() });
      remaining--;
      tell();
    }),
  );
  return left;
}

async function whyLeft(parts: TakeDownParts, dataset: Dataset, isForced: boolean): Promise<EngineError | undefined> {
  try {
    const { job } = await parts.takeDown(dataset, { isForced, ask: ENGINE });
    const { error } = await parts.ended(job);
    return error === null ? undefined : EngineError.fromShape(error);
  } catch (thrown) {
    return EngineError.from(thrown);
  }
}
