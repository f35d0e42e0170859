import { EngineError } from "@opendvp/model";
import { expect, test } from "vitest";
import { exclusive } from "../../src/jobs/locks.ts";
import type { JobRequest } from "../../src/jobs/job-request.ts";
import type { Jobs } from "../../src/jobs/jobs.ts";
import { pointOfNoReturn, type Workflow } from "../../src/jobs/workflow.ts";
import { JobBench, TARGET } from "../bench/job-bench.ts";
import { Latch } from "../bench/latch.ts";
import { says, type ToyFacts } from "../bench/toy-steps.ts";

const next = (facts: ToyFacts) => [{ workflow: "prepare", input: { snapshot: String(facts["taken"]) } }];

function toy(bench: JobBench): { readonly snapshot: Workflow<ToyFacts>; readonly follow: (jobs: Jobs) => void } {
  const seen = says(bench.outside, "prepare", {
    run: ({ facts }) => {
      bench.outside.story.push(`prepare ${String(facts["snapshot"])}`);
      return Promise.resolve(undefined);
    },
  });
  const prepare = bench.knows("prepare", [seen]);
  const snapshot = bench.knows("snapshot", [says(bench.outside, "take", { run: () => Promise.resolve({ facts: { taken: "S-1" } }) })], {
    next,
  });
  const follow = (jobs: Jobs): void =>
    jobs.onFollowUp("prepare", ({ snapshot: taken }) =>
      Promise.resolve({
        ...bench.request(prepare),
        draft: () => Promise.resolve({ target: TARGET, input: { snapshot: taken }, locks: [exclusive("S-1")] }),
      } as unknown as JobRequest<object>),
    );
  return { snapshot, follow };
}

test("a job that is done is followed by another one, asked for by the same user", async () => {
  const bench = await JobBench.open();
  const { snapshot, follow } = toy(bench);
  const process = await bench.start(follow);
  await bench.run(process, snapshot);
  expect(await process.ended("JOB-2")).toMatchObject({ state: "COMPLETED", workflow: "prepare", input: { snapshot: "S-1" } });
  expect(bench.outside.story).toEqual(["prepare S-1"]);
  expect((await bench.catalog.objects.actions.list()).map(({ user }) => user)).toEqual(["tester", "tester"]);
});

test("the one that follows is made in the transaction that ends the first: a crash in between loses nothing", async () => {
  const bench = await JobBench.open();
  const { snapshot, follow } = toy(bench);
  const former = await bench.start(follow);
  const crashed = bench.crashAt(({ workflow, moment }) => workflow === "prepare" && moment === "BEFORE");
  const { job } = await bench.submit(former, snapshot);
  await crashed;
  expect((await bench.job(job)).state).toBe("COMPLETED");
  bench.letPass();
  const process = await bench.start(follow);
  expect(await process.ended("JOB-2")).toMatchObject({ state: "FAILED", error: { code: "INTERRUPTED" } });
});

test("one that still waits when the engine is cut off runs after the next start", async () => {
  const bench = await JobBench.open();
  const { snapshot, follow } = toy(bench);
  const former = await bench.start(follow);
  const holder = bench.knows("holder", [pointOfNoReturn, says(bench.outside, "hold")]);
  const never = new Latch();
  bench.gate = ({ workflow }) => (workflow === "holder" ? never.opened : Promise.resolve());
  const holding = await bench.submit(former, holder, { locks: [exclusive("S-1")], target: "APPDATA_CONTAINER-5" });
  expect(await bench.run(former, snapshot)).toMatchObject({ state: "COMPLETED" });
  expect(await bench.job("JOB-3")).toMatchObject({ state: "WAITING", workflow: "prepare" });
  bench.letPass();
  const process = await bench.start(follow);
  expect(await process.ended(holding.job)).toMatchObject({ state: "COMPLETED" });
  expect(await process.ended("JOB-3")).toMatchObject({ state: "COMPLETED" });
  expect(bench.outside.story).toEqual(["hold", "prepare S-1"]);
});

test("a job that fails is followed by nothing", async () => {
  const bench = await JobBench.open();
  const { follow } = toy(bench);
  const process = await bench.start(follow);
  const failing = bench.knows(
    "failing",
    [says(bench.outside, "one", { run: () => Promise.reject(new EngineError("HOOK_FAILED", "no")) })],
    {
      next,
    },
  );
  await bench.run(process, failing);
  expect(await bench.catalog.journal.countJobs()).toBe(1);
});

test("a job may be followed by several, each with an end of its own", async () => {
  const bench = await JobBench.open();
  const { follow } = toy(bench);
  const process = await bench.start(follow);
  const refresh = bench.knows("refresh", [says(bench.outside, "refresh")], {
    next: () => ["S-1", "S-2"].map((snapshot) => ({ workflow: "prepare", input: { snapshot } })),
  });
  await bench.run(process, refresh);
  for (const job of ["JOB-2", "JOB-3"] as const)
    expect(await process.ended(job)).toMatchObject({ state: "COMPLETED", workflow: "prepare" });
  expect(bench.outside.story).toEqual(["refresh", "prepare S-1", "prepare S-2"]);
});
