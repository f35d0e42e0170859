import type { EngineError, Reference } from "@opendvp/model";
import type { Dataset } from "../entities/dataset.ts";
import type { DatasetMounts } from "./dataset-mounts.ts";
import type { Scenes } from "./scenes.ts";
import type { StepWork } from "../jobs/workflow.ts";
import type { Catalog } from "../ports/catalog.ts";
import type { Host } from "../entities/environment.ts";
import type { Mounter } from "../ports/mounter.ts";
import type { StorageDriver } from "../ports/storage-driver.ts";
import type { OperationScope, PluginOperations } from "../plugins/operations.ts";

/** What the steps of datasets' workflows use. */
export interface DatasetParts {
  readonly catalog: Catalog;
  readonly scenes: Scenes;
  readonly operations: PluginOperations;
  readonly mounts: DatasetMounts;
  readonly storageOf: (pool: Reference<"STORAGE_POOL">) => StorageDriver;
  readonly recordSizeOf: (dataset: Pick<Dataset, "parameters">) => { readonly recordSizeBytes?: number };
  readonly mounterFor: (host: Host) => Mounter;
  readonly preparationPath: string;
  readonly now: () => string;
}

/** What a plugin operation is called with on behalf of a step. */
export function scopeOf(work: Pick<StepWork<object>, "job" | "mark" | "signal">): OperationScope {
  const { reference, workflow, target } = work.job;
  const subject = `${workflow.toUpperCase().replaceAll("-", "_")}(${target ?? ""})`;
  return { mark: work.mark, signal: work.signal, logSubject: `Worker-${reference.slice(4)}|${reference}|${subject}` };
}

/** Notes an error and goes on: where the rules say that an error is only logged. */
export function note(work: Pick<StepWork<object>, "remark">, what: string, error: EngineError): void {
  work.remark({ level: "WARNING", code: error.code, message: `${what}: ${error.message}`, action: error.action });
}
