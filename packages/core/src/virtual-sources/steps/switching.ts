import type { DatasetParts } from "../../datasets/dataset-parts.ts";
import { NOT_AS_WANTED } from "../../datasets/wanted-state.ts";
import { step, type Step } from "../../jobs/workflow.ts";
import type { VirtualFacts } from "../virtual-facts.ts";
import { RESTORE_FAILED } from "./letting-go.ts";

/** The new timeflow is the current one from here on; the former one is kept for undo. */
export function createSwitchTimeflow(parts: DatasetParts, isRefresh: boolean): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: "switch timeflow",
    run: ({ facts }) => {
      const at = parts.now();
      return Promise.resolve({
        changes: [
          {
            collection: "datasets",
            update: facts.dataset,
            set: {
              currentTimeflow: facts.timeflow,
              formerTimeflow: facts.former,
              wantedState: "RUNNING",
              status: "ACTIVE",
              statusAt: at,
              ...(isRefresh ? { refreshedAt: at } : {}),
            },
          },
        ],
        mends: [NOT_AS_WANTED, RESTORE_FAILED],
      });
    },
  });
}

/** A former timeflow keeps its head only while it is the last one. Its snapshots stay. */
export function createDropOlderHead(parts: DatasetParts): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: "drop older head",
    when: (facts) => facts.older !== null,
    run: async ({ facts, mark, signal }) => {
      if (facts.older === null) return undefined;
      const { storage } = await parts.scenes.virtual(facts.dataset);
      const older = await parts.scenes.timeflow(facts.older);
      if (older.storageName !== null) await storage.deleteDataset(older.storageName, { mark, signal });
      return { changes: [{ collection: "timeflows", update: older.reference, set: { storageName: null } }] };
    },
  });
}

/** From here on the job works on the timeflow that was kept for undo. */
export function createTakeUpOlder(): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: "switch to the former timeflow",
    run: ({ facts }) => {
      if (facts.older === null) throw new Error("There is no former timeflow to switch to.");
      return Promise.resolve({ facts: { timeflow: facts.older } });
    },
  });
}
