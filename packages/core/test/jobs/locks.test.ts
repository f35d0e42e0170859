import fc from "fast-check";
import { expect, test } from "vitest";
import type { Lock } from "../../src/entities/job.ts";
import { conflictsOf, exclusive, mergeLocks, shared, type LockRequest } from "../../src/jobs/locks.ts";
import { JobBench, TARGET } from "../bench/job-bench.ts";
import { lasting } from "../bench/lasting.ts";
import { says } from "../bench/toy-steps.ts";

const anyLock = fc.record({ object: fc.constantFrom("A-1", "A-2", "B-1"), mode: fc.constantFrom("EXCLUSIVE" as const, "SHARED" as const) });

test("of several requests for an object the stronger remains", () => {
  expect(mergeLocks([shared("a"), exclusive("a"), shared("a"), shared("b")])).toEqual([exclusive("a"), shared("b")]);
  fc.assert(
    fc.property(fc.array(anyLock), (requests) => {
      const merged = mergeLocks(requests);
      expect(new Set(merged.map(({ object }) => object))).toEqual(new Set(requests.map(({ object }) => object)));
      expect(merged).toHaveLength(new Set(requests.map(({ object }) => object)).size);
      for (const { object, mode } of merged) {
        const isExclusive = requests.some((request) => request.object === object && request.mode === "EXCLUSIVE");
        expect(mode).toBe(isExclusive ? "EXCLUSIVE" : "SHARED");
      }
    }),
  );
});

test("readers share an object; whoever changes it has it alone", () => {
  const held = (request: LockRequest): Lock => ({ ...request, job: "JOB-1", isHeld: true });
  expect(conflictsOf([shared("a")], [held(shared("a"))])).toEqual([]);
  expect(conflictsOf([exclusive("a")], [held(shared("a"))])).toHaveLength(1);
  expect(conflictsOf([shared("a")], [held(exclusive("a"))])).toHaveLength(1);
  expect(conflictsOf([exclusive("a")], [held(exclusive("b")), { ...held(shared("a")), isHeld: false }])).toHaveLength(1);
});

test("a conflicting request is refused with the job that holds the object, and leaves nothing", async () => {
  const bench = await JobBench.open();
  const slow = lasting("one");
  const first = bench.knows("first", [slow.step]);
  const process = await bench.start();
  const { job } = await bench.submit(process, first);
  await expect(bench.submit(process, bench.knows("second", [says(bench.outside, "two")]))).rejects.toMatchObject({
    code: "CONFLICT",
    message: `Do second has to wait: toy (${TARGET}) is held by ${job} (Do first).`,
    details: { job, object: TARGET, name: "toy" },
  });
  expect(await bench.catalog.journal.countJobs()).toBe(1);
  expect(await bench.catalog.objects.actions.count()).toBe(1);
  slow.goOn();
  expect(await process.ended(job)).toMatchObject({ state: "COMPLETED" });
});

test("two jobs cannot take the same name, and neither is told what a name lock looks like", async () => {
  const bench = await JobBench.open();
  const slow = lasting("one");
  const first = bench.knows("first", [slow.step]);
  const process = await bench.start();
  const { job } = await bench.submit(process, first, { target: "APPDATA_CONTAINER-1", locks: [exclusive("NAME:dataset:payroll")] });
  const second = bench.submit(process, first, { target: "APPDATA_CONTAINER-2", locks: [exclusive("NAME:dataset:payroll")] });
  await expect(second).rejects.toMatchObject({
    code: "CONFLICT",
    message: `Do first has to wait: the name "payroll" is held by ${job} (Do first).`,
  });
  slow.goOn();
  await process.ended(job);
});

test("jobs that only share an object run side by side", async () => {
  const bench = await JobBench.open();
  const one = lasting("one");
  const two = lasting("two");
  const process = await bench.start();
  const locks = [shared("APPDATA_SNAPSHOT-1")];
  const first = await bench.submit(process, bench.knows("first", [one.step]), { locks });
  const second = await bench.submit(process, bench.knows("second", [two.step]), { locks });
  await Promise.all([one.begun, two.begun]);
  one.goOn();
  two.goOn();
  expect(await process.ended(first.job)).toMatchObject({ state: "COMPLETED" });
  expect(await process.ended(second.job)).toMatchObject({ state: "COMPLETED" });
});
