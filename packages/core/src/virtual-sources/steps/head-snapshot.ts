import { EngineError, type JsonObject } from "@opendvp/model";
import { virtualArguments } from "../../datasets/plugin-arguments.ts";
import { note, scopeOf, type DatasetParts } from "../../datasets/dataset-parts.ts";
import { lookAtDataset } from "../../datasets/look-at-dataset.ts";
import { step, type Step, type StepWork, type WorkflowItem } from "../../jobs/workflow.ts";
import type { VirtualFacts } from "../virtual-facts.ts";
import { atWork } from "./configuring.ts";
import { createSnapshotStorage, OF_HEAD, recordTaken } from "./snapshotting.ts";
import { createStandstillSteps } from "./standstill.ts";

/**
 * The snapshot of a head that is about to be left. Where the VDB is not ACTIVE, or its plugin fails, that is a warning and
 * storage alone takes it, without plugin data: kept for undo and export, not offered for provision or rewind.
 */
export function createHeadSnapshot(parts: DatasetParts): readonly WorkflowItem<VirtualFacts>[] {
  // What does not run is neither stopped nor started; and what cannot be shall not hold up whoever wants to leave it.
  const standstill = createStandstillSteps(parts, { isRunning: ({ isHeadActive }) => isHeadActive, isLenient: true });
  return [
    createQuietHead(parts),
    ...standstill.before,
    createSnapshotStorage(parts, OF_HEAD),
    ...standstill.after,
    createDescribeHead(parts),
  ];
}

function createQuietHead(parts: DatasetParts): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: "pre-snapshot of the head",
    run: async (work) => ({ facts: await quietHead(parts, work) }),
  });
}

async function quietHead(parts: DatasetParts, work: StepWork<VirtualFacts>): Promise<Pick<VirtualFacts, "isHeadActive" | "isHeadQuiet">> {
  let isHeadActive = true;
  try {
    const { scene, timeflow } = await atWork(parts, work.facts);
    const { status } = await lookAtDataset(parts, scene.dataset, scopeOf(work));
    isHeadActive = status === "ACTIVE";
    if (!isHeadActive) {
      const message = `${scene.dataset.name} is not active: its head is kept as it lies, without plugin data.`;
      work.remark({ level: "WARNING", code: "HEAD_NOT_ACTIVE", message });
      return { isHeadActive, isHeadQuiet: false };
    }
    const args = virtualArguments(scene, await parts.mounts.of(timeflow.reference), { sourceConfig: timeflow.sourceConfig ?? {} });
    await parts.operations.of(scene.plugin).perform("virtual.preSnapshot", args, scopeOf(work));
    return { isHeadActive, isHeadQuiet: true };
  } catch (error) {
    work.signal.throwIfAborted();
    note(work, "The head is kept as it lies, without plugin data", EngineError.from(error));
    return { isHeadActive, isHeadQuiet: false };
  }
}

function createDescribeHead(parts: DatasetParts): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: "post-snapshot of the head",
    run: async (work) => recordTaken(parts, work, { role: OF_HEAD, data: work.facts.isHeadQuiet ? await describeHead(parts, work) : null }),
    undo: ({ facts }) => Promise.resolve({ changes: [{ collection: "snapshots", remove: facts.takenHead.reference }] }),
  });
}

async function describeHead(parts: DatasetParts, work: StepWork<VirtualFacts>): Promise<JsonObject | null> {
  const { scene, timeflow } = await atWork(parts, work.facts);
  const args = virtualArguments(scene, await parts.mounts.of(timeflow.reference), { sourceConfig: timeflow.sourceConfig ?? {} });
  try {
    return await parts.operations.of(scene.plugin).askForObject("virtual.postSnapshot", args, scopeOf(work));
  } catch (error) {
    work.signal.throwIfAborted();
    note(work, "The head's snapshot has no plugin data", EngineError.from(error));
    return null;
  }
}
