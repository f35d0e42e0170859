import { checkName, EngineError, type Reference } from "@opendvp/model";
import { HOOK_POINTS_OF, type Dataset, type Hooks, type LinkedSource, type VirtualSource, type WantedState } from "../entities/dataset.ts";
import type { CatalogReads } from "../ports/catalog.ts";
import type { StorageDriver } from "../ports/storage-driver.ts";
import { found } from "./scenes.ts";

const LONGEST_COMMAND = 64 * 1024;

/** @throws EngineError `NAME_INVALID`, `NAME_TAKEN` */
export async function checkNewName(objects: CatalogReads, name: string): Promise<void> {
  checkName(name);
  const [taken] = await objects.datasets.list({ where: { name }, limit: 1 });
  if (taken === undefined) return;
  throw new EngineError(
    "NAME_TAKEN",
    `There is already a ${taken.kind === "VDB" ? "VDB" : "dSource"} named ${JSON.stringify(name)} (${taken.reference}).`,
    {
      action: "Choose another name.",
      details: { name, reference: taken.reference },
    },
  );
}

/** The lock that keeps two jobs from taking the same name. */
export function nameLock(name: string): string {
  return `NAME:dataset:${name}`;
}

/** @throws EngineError `INPUT_INVALID`, also for a point that nothing of this kind of dataset comes by */
export function checkHooks(kind: Dataset["kind"], hooks: Hooks): Hooks {
  for (const [point, list] of Object.entries(hooks)) {
    if (!(HOOK_POINTS_OF[kind] as readonly string[]).includes(point)) {
      throw new EngineError("INPUT_INVALID", `${kind === "VDB" ? "A VDB" : "A dSource"} has no hook point ${JSON.stringify(point)}.`, {
        action: `Choose one of: ${HOOK_POINTS_OF[kind].join(", ")}.`,
        details: { point, points: [...HOOK_POINTS_OF[kind]] },
      });
    }
    for (const hook of list) {
      checkName(hook.name, "hook name");
      if (hook.command.trim() === "" || hook.command.length > LONGEST_COMMAND || hook.command.includes("\0")) {
        throw new EngineError(
          "INPUT_INVALID",
          `The command of hook ${JSON.stringify(hook.name)} is empty, or longer than ${LONGEST_COMMAND} characters.`,
          {
            action: "Give the hook a shell command.",
          },
        );
      }
    }
  }
  return hooks;
}

/** @throws EngineError `NOT_FOUND`, `UNSUPPORTED` */
export async function virtualSource(objects: CatalogReads, reference: Reference<"APPDATA_CONTAINER">): Promise<VirtualSource> {
  const dataset = await ready(objects, reference);
  if (dataset.kind !== "VDB") throw new EngineError("UNSUPPORTED", `${dataset.name} is a dSource, not a VDB.`, { action: "Name a VDB." });
  return dataset;
}

/** @throws EngineError `NOT_FOUND`, `UNSUPPORTED` */
export async function linkedSource(objects: CatalogReads, reference: Reference<"APPDATA_CONTAINER">): Promise<LinkedSource> {
  const dataset = await ready(objects, reference);
  if (dataset.kind !== "DSOURCE")
    throw new EngineError("UNSUPPORTED", `${dataset.name} is a VDB, not a dSource.`, { action: "Name a dSource." });
  return dataset;
}

async function ready(objects: CatalogReads, reference: Reference<"APPDATA_CONTAINER">): Promise<Dataset> {
  return found(await objects.datasets.find(reference), reference);
}

/** The dataset's current timeflow. Only one that is being made has none. */
export function timeflowOf(dataset: Dataset): Reference<"APPDATA_TIMEFLOW"> {
  if (dataset.currentTimeflow === null) {
    throw new EngineError("STATE_UNSUITABLE", `${dataset.name} is not complete.`, { action: "Wait for its job, or delete it." });
  }
  return dataset.currentTimeflow;
}

/** @throws EngineError `STATE_UNSUITABLE` */
export function mustBeEnabled(dataset: Dataset, what: string): void {
  if (dataset.wantedState !== "DISABLED") return;
  throw new EngineError("STATE_UNSUITABLE", `${what} needs ${dataset.name} enabled; it is disabled.`, {
    action: `Enable ${dataset.name} first.`,
  });
}

/** What was asked because of a wanted state does not count any more once somebody wants another one. @throws EngineError `CONFLICT` */
export function mustStillBeWanted({ name, wantedState }: Dataset, onlyWhile: WantedState | undefined): void {
  if (onlyWhile === undefined || wantedState === onlyWhile) return;
  throw new EngineError("CONFLICT", `${name} is wanted to be ${wantedState} by now, no longer ${onlyWhile}.`, {
    action: "Nothing is left to be done.",
  });
}

/** @throws EngineError `STORAGE_UNSUITABLE` */
export function mustBeThin(storage: StorageDriver, isRequired: boolean | undefined): void {
  if (isRequired !== true || storage.capabilities.thinClones) return;
  throw new EngineError(
    "STORAGE_UNSUITABLE",
    `The pool makes full copies (${storage.technology} has no thin clones), and thin ones are required.`,
    {
      action: "Choose a pool with thin clones, or leave requireThin out.",
    },
  );
}

/** The record size that the parameters ask for. Where they ask for none, the pool's own serves. */
export function recordSizeOf(dataset: Pick<Dataset, "parameters">): { readonly recordSizeBytes?: number } {
  const kib = dataset.parameters["recordSizeInKB"];
  return typeof kib === "number" ? { recordSizeBytes: kib * 1024 } : {};
}
