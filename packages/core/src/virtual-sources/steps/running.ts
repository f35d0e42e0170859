import { EngineError, type OperationName } from "@opendvp/model";
import { note, scopeOf, type DatasetParts } from "../../datasets/dataset-parts.ts";
import { lookAtDataset } from "../../datasets/look-at-dataset.ts";
import { mountsThere } from "../../datasets/mounts-there.ts";
import { virtualArguments } from "../../datasets/plugin-arguments.ts";
import { NOT_AS_WANTED } from "../../datasets/wanted-state.ts";
import type { HookPoint, ObservedStatus, WantedState } from "../../entities/dataset.ts";
import { runHooks } from "../../hooks/run-hooks.ts";
import { step, type Step, type StepWork } from "../../jobs/workflow.ts";
import type { VirtualFacts } from "../virtual-facts.ts";
import { atWork, unconfigureQuietly } from "./configuring.ts";
import { RESTORE_FAILED } from "./letting-go.ts";

/** Runs the user's commands for a point of the workflow. A pre-hook's failure undoes; a post-hook's is a warning. */
export function createHookStep(parts: DatasetParts, point: HookPoint, when?: (facts: VirtualFacts) => boolean): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: `hook ${point}`,
    ...(when === undefined ? {} : { when }),
    ...(point.startsWith("post-") ? { onFailure: "warn" as const } : {}),
    run: async (work) => {
      const dataset = await parts.scenes.dataset(work.facts.dataset);
      try {
        await runHooks(parts.scenes, { point, dataset }, work);
      } catch (error) {
        goOnAfter(error, work, { what: `hook ${point}`, mayGoOn: work.facts.isForced });
      }
      return undefined;
    },
  });
}

/** Calls one of the operations that answer nothing. Where nothing is mounted nothing of the VDB can run, and an error of `unconfigure` is only noted. */
export function createOperationStep(
  parts: DatasetParts,
  operation: Extract<OperationName, "virtual.start" | "virtual.stop" | "virtual.unconfigure" | "virtual.cleanup">,
  options: { readonly when?: (facts: VirtualFacts) => boolean; readonly undo?: NonNullable<Step<VirtualFacts>["undo"]> } = {},
): Step<VirtualFacts> {
  return step<VirtualFacts>({
    ...options,
    name: operation.slice("virtual.".length),
    run: async (work) => {
      try {
        await performOn(parts, work, operation);
      } catch (error) {
        const isNeedless = operation === "virtual.unconfigure" && !(await isMounted(parts, work.facts));
        goOnAfter(error, work, { what: operation, mayGoOn: work.facts.isForced || isNeedless });
      }
      return undefined;
    },
  });
}

async function isMounted(parts: DatasetParts, facts: VirtualFacts): Promise<boolean> {
  const { scene, timeflow } = await atWork(parts, facts);
  return (await mountsThere(parts, scene, timeflow)) !== "NONE";
}

/** Start. Undo: stop, its error only noted. */
export function createStart(parts: DatasetParts): Step<VirtualFacts> {
  const undo = async (work: StepWork<VirtualFacts>): Promise<undefined> => {
    try {
      await performOn(parts, work, "virtual.stop");
    } catch (error) {
      note(work, "stop", EngineError.from(error));
    }
  };
  return createOperationStep(parts, "virtual.start", { undo });
}

/** Whether the VDB is active: `virtual.status`, and all its mounts there. */
export function createAskStatus(parts: DatasetParts): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: "ask status",
    run: async (work) => ({ facts: { isActive: await isActive(parts, work) } }),
  });
}

async function isActive(parts: DatasetParts, work: StepWork<VirtualFacts>): Promise<boolean> {
  const { status } = await lookAtDataset(parts, await parts.scenes.dataset(work.facts.dataset), scopeOf(work));
  return status === "ACTIVE";
}

/** `virtual.reconfigure` where the VDB is not active. Undo: unconfigure, its error only noted. */
export function createReconfigureSelf(parts: DatasetParts, when: (facts: VirtualFacts) => boolean): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: "reconfigure",
    when,
    run: async (work) => {
      const { scene, timeflow } = await atWork(parts, work.facts);
      const rest = { sourceConfig: timeflow.sourceConfig ?? {}, snapshot: timeflow.parentSnapshotData ?? {} };
      const args = virtualArguments(scene, await parts.mounts.of(timeflow.reference), rest);
      const sourceConfig = await parts.operations.of(scene.plugin).askForObject("virtual.reconfigure", args, scopeOf(work));
      return { changes: [{ collection: "timeflows", update: timeflow.reference, set: { sourceConfig } }] };
    },
    undo: (work) => unconfigureQuietly(parts, work),
  });
}

/** Unmounts the head, wherever it is. Without an undo: what is unmounted stays so until somebody enables or starts it. */
export function createUnmountHead(parts: DatasetParts): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: "unmount",
    run: async ({ facts, mark }) => {
      const { scene, timeflow } = await atWork(parts, facts);
      return { changes: await parts.mounts.unmountEverywhere({ scene, mark, endUsers: facts.isForced }, timeflow) };
    },
  });
}

/** Writes down what the dataset is from now on, and what it is wanted to be. */
export function createRecordState(parts: DatasetParts, name: string, wantedState: WantedState): Step<VirtualFacts> {
  const status: ObservedStatus = wantedState === "RUNNING" ? "ACTIVE" : "INACTIVE";
  return step<VirtualFacts>({
    name,
    run: ({ facts }) =>
      Promise.resolve({
        changes: [{ collection: "datasets", update: facts.dataset, set: { stage: "READY", wantedState, status, statusAt: parts.now() } }],
        mends: [NOT_AS_WANTED, RESTORE_FAILED],
      }),
  });
}

async function performOn(parts: DatasetParts, work: StepWork<VirtualFacts>, operation: OperationName): Promise<void> {
  const { scene, timeflow } = await atWork(parts, work.facts);
  const args = virtualArguments(scene, await parts.mounts.of(timeflow.reference), { sourceConfig: timeflow.sourceConfig ?? {} });
  await parts.operations.of(scene.plugin).perform(operation, args, scopeOf(work));
}

/** With `--force`, errors of the plugin and of hooks are noted and the work goes on; not after a cancel. */
function goOnAfter(
  error: unknown,
  work: StepWork<VirtualFacts>,
  { what, mayGoOn }: { readonly what: string; readonly mayGoOn: boolean },
): void {
  if (!mayGoOn) throw error;
  work.signal.throwIfAborted();
  note(work, what, EngineError.from(error));
}
