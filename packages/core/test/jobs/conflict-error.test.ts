import type { Job, Lock } from "@opendvp/core";
import { countedIds, EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { conflictError } from "../../src/jobs/conflict-error.ts";
import { exclusive } from "../../src/jobs/locks.ts";
import { DirectChanges } from "../../src/use-cases/direct-changes.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";

const { vdb, dSourceSnapshot } = EXAMPLES;
const job: Job = { ...EXAMPLES.job, title: "Sync payroll", target: "APPDATA_CONTAINER-99", targetName: "newcomer" };
const held = (object: string): Lock => ({ ...exclusive(object), job: "JOB-7", isHeld: true });

test.each([
  [vdb.reference, `copy (${vdb.reference})`],
  [dSourceSnapshot.reference, `monday (${dSourceSnapshot.reference})`],
  ["APPDATA_CONTAINER-99", "newcomer (APPDATA_CONTAINER-99)"],
  ["APPDATA_CONTAINER-98", "APPDATA_CONTAINER-98"],
  ["NAME:dataset:a:b", 'the name "a:b"'],
  ["DISCOVERY:UNIX_HOST_ENVIRONMENT-98", "the discovery of UNIX_HOST_ENVIRONMENT-98"],
])("a conflict about %s names %s", async (object, named) => {
  const { objects } = await exampleCatalog();
  const error = await conflictError(objects, { title: "Refresh copy", holder: held(object), job, canWait: true });
  expect(error.message).toBe(`Refresh copy has to wait: ${named} is held by JOB-7 (Sync payroll).`);
  expect(error.action).toContain("--wait");
});

test("a change without a job names the one in its way by title, and does not offer to wait where it cannot", async () => {
  const catalog = await exampleCatalog();
  const locked = { ...EXAMPLES.job, reference: "JOB-7", title: "Sync payroll" } as const;
  await catalog.transact(async (transaction) => {
    await transaction.insertJob(locked);
    await transaction.putLock(held(vdb.reference));
  });
  const changes = new DirectChanges(catalog, countedIds(), () => "2026-11-21T00:00:00.000Z");
  const change = () => Promise.resolve({ changes: [], target: vdb.reference, result: undefined });
  const asked = changes.apply(
    { title: "Update copy", operation: "vdb.update", locks: [exclusive(vdb.reference)], change },
    { by: { name: "tester", role: "operator" } },
  );
  await expect(asked).rejects.toMatchObject({
    message: `Update copy has to wait: copy (${vdb.reference}) is held by JOB-7 (Sync payroll).`,
    action: expect.not.stringContaining("--wait") as string,
    details: { job: "JOB-7", object: vdb.reference, name: "copy" },
  });
});
