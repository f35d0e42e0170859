import { EngineError } from "@opendvp/model";
import { expect, test } from "vitest";
import { Background } from "../../src/jobs/background.ts";
import { shared } from "../../src/jobs/locks.ts";
import { JobBench, TARGET } from "../bench/job-bench.ts";
import { lasting } from "../bench/lasting.ts";
import { Latch } from "../bench/latch.ts";
import { says } from "../bench/toy-steps.ts";

/** Work that lasts until it is ended. */
function untilEnded(): { readonly work: (signal: AbortSignal) => Promise<void>; readonly begun: Promise<unknown>; isEnded: boolean } {
  const begun = new Latch();
  const lastingWork = {
    begun: begun.opened,
    isEnded: false,
    work: async (signal: AbortSignal) => {
      begun.open();
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      lastingWork.isEnded = true;
      signal.throwIfAborted();
    },
  };
  return lastingWork;
}

test("work is skipped while a job holds its object, and runs again afterwards", async () => {
  const bench = await JobBench.open();
  const slow = lasting("one");
  const process = await bench.start();
  const { job } = await bench.submit(process, bench.knows("build", [slow.step]));
  await slow.begun;
  const { background } = process.jobs;
  let runs = 0;
  const countRun = async (): Promise<void> => {
    runs += 1;
  };
  const look = () => background.run(TARGET, countRun);
  expect(await look()).toBe(false);
  expect(await background.run("APPDATA_CONTAINER-78", countRun)).toBe(true);
  slow.goOn();
  await process.ended(job);
  await expect.poll(look).toBe(true);
  expect(runs).toBe(2);
});

test("a job that only shares an object leaves the work on it alone", async () => {
  const bench = await JobBench.open();
  const slow = lasting("one");
  const process = await bench.start();
  await bench.submit(process, bench.knows("build", [slow.step]), { locks: [shared(TARGET)] });
  await slow.begun;
  expect(await process.jobs.background.run(TARGET, () => Promise.resolve())).toBe(true);
  slow.goOn();
});

test("a job that wants the object ends the work first, and begins when it has ended", async () => {
  const bench = await JobBench.open();
  const process = await bench.start();
  const looking = untilEnded();
  const ran = process.jobs.background.run(TARGET, looking.work);
  await looking.begun;
  const asked = bench.knows("build", [says(bench.outside, "one", { run: () => Promise.resolve({ facts: { isEnded: looking.isEnded } }) })]);
  const job = await bench.run(process, asked);
  expect((await bench.steps(job.reference))[0]?.result).toEqual({ isEnded: true });
  expect(await ran).toBe(true);
});

test("one piece of work at a time runs for an object; its own failure is its caller's", async () => {
  const background = new Background();
  const looking = untilEnded();
  const ran = background.run("A-1", looking.work);
  expect(await background.run("A-1", () => Promise.resolve())).toBe(false);
  await expect(background.run("A-2", () => Promise.reject(new EngineError("TIME_LIMIT", "slow")))).rejects.toMatchObject({
    code: "TIME_LIMIT",
  });
  await background.close();
  expect(looking.isEnded).toBe(true);
  expect(await ran).toBe(true);
});

test("an object held twice is free when both have let go", async () => {
  const background = new Background();
  const one = await background.hold(["A-1"]);
  const two = await background.hold(["A-1", "A-2"]);
  one();
  expect(await background.run("A-1", () => Promise.resolve())).toBe(false);
  two();
  expect(await background.run("A-1", () => Promise.resolve())).toBe(true);
});
