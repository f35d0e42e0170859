import { expect, test } from "vitest";
import { Context } from "../../src/command/context.ts";
import { confirmDeletion, type DeletionOptions } from "../../src/input/confirm-deletion.ts";
import type { Terminal } from "../../src/terminal.ts";

const NOBODY = new Context<DeletionOptions>({} as Terminal, {});
const vdb = { id: "APPDATA_CONTAINER-2", name: "alice", relation: "keeps a former copy of monday (APPDATA_TIMEFLOW-2)" };

test("what holds a deletion back is named once, with the command that deletes former timeflows", async () => {
  const plan = { is_possible: false, freed_bytes: 0, is_exact: true };
  const refused = (former_timeflow_ids: string[]) =>
    confirmDeletion(NOBODY, "the snapshot monday", { ...plan, dependents: [{ ...vdb, former_timeflow_ids }] });
  await expect(refused(["APPDATA_TIMEFLOW-2"])).rejects.toMatchObject({
    code: "IN_USE",
    action: "Delete these first. Former timeflows go with: dvp timeflow delete APPDATA_TIMEFLOW-2.",
    details: { dependents: [vdb.id] },
  });
  await expect(refused([])).rejects.toMatchObject({ action: "Delete these first." });
});
