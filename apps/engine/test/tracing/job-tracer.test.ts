import { describe, expect, it } from "vitest";
import { JobTracer } from "../../src/tracing/job-tracer.ts";

/** A tracer whose clock a test turns. */
function createBench(keptTraces = 200) {
  const time = { ms: 0 };
  const tracer = new JobTracer({ nowMs: () => time.ms, keptTraces });
  const passes = async (ms: number): Promise<void> => {
    await Promise.resolve();
    time.ms += ms;
  };
  const shown = (job: `JOB-${number}`) =>
    tracer.find(job)?.spans.map(({ kind, name, parent, startMs, durationMs }) => [kind, name, parent, startMs, durationMs]);
  return { tracer, passes, shown };
}

describe("the tracer", () => {
  it("begins a job's trace with what made the job, and nests what is done in it", async () => {
    const { tracer, passes, shown } = createBench();
    await tracer.asking(
      () => tracer.span({ kind: "catalog", name: "transaction" }, () => passes(3)),
      () => "JOB-1",
    );
    await passes(1);
    await tracer.job("JOB-1", async () => {
      await tracer.span({ kind: "step", name: "clone" }, () => tracer.span({ kind: "storage", name: "clone" }, () => passes(5)));
      await passes(2);
    });
    expect(shown("JOB-1")).toEqual([
      ["asking", "make the job", null, 0, 3],
      ["catalog", "transaction", 0, 0, 3],
      ["job", "JOB-1", null, 4, 7],
      ["step", "clone", 2, 4, 5],
      ["storage", "clone", 3, 4, 5],
    ]);
  });

  it("keeps jobs apart that run at once, and passes results and errors on", async () => {
    const { tracer, passes, shown } = createBench();
    const failure = new Error("as it came");
    const [one, two] = await Promise.allSettled([
      tracer.job("JOB-1", () => tracer.span({ kind: "step", name: "one" }, async () => "result")),
      tracer.job("JOB-2", async () => {
        await passes(1);
        await tracer.span({ kind: "step", name: "two" }, () => Promise.reject(failure));
      }),
    ]);
    expect(one).toMatchObject({ value: "result" });
    expect(two).toMatchObject({ reason: failure });
    expect(shown("JOB-1")?.map(([, name]) => name)).toEqual(["JOB-1", "one"]);
    expect(shown("JOB-2")?.map(([, name]) => name)).toEqual(["JOB-2", "two"]);
    expect(tracer.find("JOB-2")?.spans.every(({ durationMs }) => durationMs !== null)).toBe(true);
  });

  it("only runs what belongs to no job, or to one that has ended", async () => {
    const { tracer, passes, shown } = createBench();
    expect(await tracer.span({ kind: "host", name: "run" }, async () => 7)).toBe(7);
    let late: Promise<void> = Promise.resolve();
    await tracer.job("JOB-1", async () => {
      const call = tracer.bound(() => tracer.span({ kind: "host", name: "late" }, () => passes(1)));
      late = new Promise((resolve) => setTimeout(() => void call().then(resolve), 5));
    });
    await late;
    expect(shown("JOB-1")).toHaveLength(1);
  });

  it("counts what is called back from elsewhere to where it was bound", async () => {
    const { tracer, passes, shown } = createBench();
    await tracer.job("JOB-1", async () => {
      const call = await tracer.span({ kind: "plugin", name: "configure" }, async () =>
        tracer.bound(() => tracer.span({ kind: "host", name: "run" }, () => passes(1))),
      );
      await tracer.job("JOB-2", call);
    });
    expect(shown("JOB-1")?.map(([, name, parent]) => [name, parent])).toEqual([
      ["JOB-1", null],
      ["configure", 0],
      ["run", 1],
    ]);
  });

  it("keeps the last jobs, and of each the first two thousand spans", async () => {
    const { tracer, shown } = createBench(2);
    for (const job of ["JOB-1", "JOB-2", "JOB-3"] as const) await tracer.job(job, async () => undefined);
    expect([shown("JOB-1"), shown("JOB-2")?.length, shown("JOB-3")?.length]).toEqual([undefined, 1, 1]);
    await tracer.job("JOB-3", async () => {
      for (let n = 0; n < 2100; n++) await tracer.span({ kind: "catalog", name: "read" }, async () => undefined);
    });
    expect(shown("JOB-3")).toHaveLength(2000);
    expect(tracer.find("JOB-3")?.droppedSpans).toBe(102);
  });
});
