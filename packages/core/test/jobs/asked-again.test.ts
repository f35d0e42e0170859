import { EngineError } from "@opendvp/model";
import { expect, test } from "vitest";
import type { MakeRequest } from "../../src/jobs/asked-operations.ts";
import type { Jobs } from "../../src/jobs/jobs.ts";
import { exclusive } from "../../src/jobs/locks.ts";
import type { Reserved } from "../../src/jobs/waiting-jobs.ts";
import type { Ask, Started } from "../../src/use-cases/asking.ts";
import { BY_TESTER, JobBench, TARGET, type Process } from "../bench/job-bench.ts";
import { Latch } from "../bench/latch.ts";
import { says, type ToyFacts } from "../bench/toy-steps.ts";

const QUEUED: Ask = { by: { name: "tester", role: "user", reference: "USER-5" }, isQueued: true };

interface Paint {
  readonly colour: string;
  readonly password?: string;
}

/** A bench whose engines take "toy.paint", and one of them that was killed while the asked paint waited behind a hold. */
class Painters {
  readonly bench: JobBench;
  /** What the object is called now. */
  name = "toy";
  isDisabled = false;
  readonly painted: unknown[] = [];

  static async open(): Promise<Painters> {
    return new Painters(await JobBench.open());
  }

  private constructor(bench: JobBench) {
    this.bench = bench;
    const run = ({ facts }: { readonly facts: ToyFacts }) => {
      this.painted.push(facts);
      return Promise.resolve(undefined);
    };
    bench.knows("hold", [says(bench.outside, "hold")]);
    bench.knows("paint", [says(bench.outside, "paint", { run })]);
  }

  async start(reserved: Reserved = []): Promise<Process & { readonly paint: (input: Paint, ask: Ask) => Promise<Started> }> {
    let paint: ((input: Paint, ask: Ask) => Promise<Started>) | undefined;
    const tell = (jobs: Jobs): void => {
      paint = jobs.takes<Paint, ToyFacts>("toy.paint", this.#make);
    };
    const process = await this.bench.start(tell, undefined, reserved);
    if (paint === undefined) throw new Error("Nobody paints.");
    return { ...process, paint };
  }

  async killWhileWaiting(input: Paint): Promise<Started> {
    const crashed = this.bench.crashAt(() => true);
    const former = await this.start();
    await this.bench.submit(former, this.bench.registry.planNamed("hold").workflow);
    await crashed;
    const waiting = await former.paint(input, QUEUED);
    this.bench.letPass();
    return waiting;
  }

  readonly #make: MakeRequest<Paint, ToyFacts> = ({ colour, password }, by) => {
    const { name } = this;
    const draft = () => {
      if (this.isDisabled) return Promise.reject(new EngineError("STATE_UNSUITABLE", `${name} is disabled.`));
      const input = { colour, by: by.reference, hasPassword: password === "s3cret-pass" };
      return Promise.resolve({ target: TARGET, input, locks: [exclusive(TARGET)] } as const);
    };
    return Promise.resolve({ workflow: this.bench.registry.planNamed("paint").workflow, title: `Paint ${name}`, targetName: name, draft });
  };
}

test("what a user asked for, and had to wait, is not lost with the engine: its turn comes after the restart", async () => {
  const painters = await Painters.open();
  const { job } = await painters.killWhileWaiting({ colour: "blue", password: "s3cret-pass" });
  const waiting = await painters.bench.job(job);
  expect(waiting).toMatchObject({ state: "WAITING", title: "Paint toy" });
  expect(waiting.request).not.toBeNull();
  const ended = await (await painters.start()).ended(job);
  expect(ended).toMatchObject({ state: "COMPLETED", request: null });
  expect(painters.painted).toEqual([{ colour: "blue", by: "USER-5", hasPassword: true }]);
  expect(await painters.bench.catalog.objects.actions.find(ended.action)).toMatchObject({ state: "COMPLETED", operation: "toy.paint" });
});

test("what it rests with while it waits can be read by nobody", async () => {
  const painters = await Painters.open();
  const { job } = await painters.killWhileWaiting({ colour: "blue", password: "s3cret-pass" });
  expect(JSON.stringify(await painters.bench.job(job))).not.toMatch(/s3cret-pass|s3cret/);
});

test("it is made anew when its turn comes: the object may have got another name", async () => {
  const painters = await Painters.open();
  const { job } = await painters.killWhileWaiting({ colour: "blue" });
  painters.name = "renamed";
  expect(await (await painters.start()).ended(job)).toMatchObject({ state: "COMPLETED", title: "Paint renamed", targetName: "renamed" });
});

test("one that can no longer be done fails with the reason, and one that was cancelled stays so", async () => {
  const painters = await Painters.open();
  const former = await painters.killWhileWaiting({ colour: "blue" });
  painters.isDisabled = true;
  const process = await painters.start();
  expect(await process.ended(former.job)).toMatchObject({ state: "FAILED", error: { code: "STATE_UNSUITABLE" }, request: null });
  painters.isDisabled = false;
  const other = await painters.killWhileWaiting({ colour: "red" });
  const { jobs } = process;
  await jobs.cancel(other.job, BY_TESTER.by);
  expect(await (await painters.start()).ended(other.job)).toMatchObject({ state: "CANCELED", request: null });
  expect(painters.painted).toEqual([]);
});

test("its turn does not come before the engine has looked after the object, which nobody who waits keeps it from", async () => {
  const painters = await Painters.open();
  const { bench } = painters;
  const { job } = await painters.killWhileWaiting({ colour: "blue" });
  const process = await painters.start([TARGET]);
  // The job that was cut off is over, so that nothing but the reservation is in the way.
  await expect.poll(async () => (await bench.catalog.journal.listJobs({ where: { state: "RUNNING" } })).length).toBe(0);
  const hold = bench.request(bench.registry.planNamed("hold").workflow);
  await expect(process.jobs.submit(hold, BY_TESTER)).rejects.toMatchObject({ code: "CONFLICT", details: { job } });
  const { job: mending } = await process.jobs.submit(hold, { ...BY_TESTER, isAheadOfQueue: true });
  expect(await process.ended(mending)).toMatchObject({ state: "COMPLETED" });
  expect(await bench.job(job)).toMatchObject({ state: "WAITING" });
  await process.jobs.letGo(TARGET);
  expect(await process.ended(job)).toMatchObject({ state: "COMPLETED" });
});

test("where nothing is brought back, the engine's own job passes by what waits, which keeps waiting for the next start", async () => {
  const painters = await Painters.open();
  const { bench } = painters;
  const { job } = await painters.killWhileWaiting({ colour: "blue" });
  const letGo = new Latch();
  bench.gate = ({ workflow }) => (workflow === "hold" ? letGo.opened : Promise.resolve());
  const process = await painters.start("EVERYTHING");
  const own = bench.request(bench.knows("take down", [says(bench.outside, "take down")]));
  const { job: takingDown } = await process.jobs.submit(own, { ...BY_TESTER, isQueued: true, isAheadOfQueue: true });
  // It waits for the job that was cut off, and for no other one.
  expect(await bench.job(takingDown)).toMatchObject({ state: "WAITING" });
  letGo.open();
  expect(await process.ended(takingDown)).toMatchObject({ state: "COMPLETED" });
  await process.jobs.lookAgain();
  expect(await bench.job(job)).toMatchObject({ state: "WAITING", error: null });
  expect(painters.painted).toEqual([]);
  expect(await (await painters.start()).ended(job)).toMatchObject({ state: "COMPLETED" });
  expect(painters.painted).toHaveLength(1);
});

test("an operation is taken once", async () => {
  const bench = await JobBench.open();
  const make: MakeRequest<Paint, ToyFacts> = () => Promise.reject(new Error("never"));
  const { jobs } = await bench.start();
  jobs.takes("toy.paint", make);
  expect(() => jobs.takes("toy.paint", make)).toThrow("toy.paint");
});
