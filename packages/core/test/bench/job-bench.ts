import type { Catalog, Job, JobEvent, JobStep, StepGate, StepPoint } from "@opendvp/core";
import type { Reference } from "@opendvp/model";
import { countedIds, FakeClock } from "@opendvp/testkit";
import { createJobUseCases } from "../../src/jobs/job-use-cases.ts";
import type { JobRequest } from "../../src/jobs/job-request.ts";
import { JobProgress } from "../../src/jobs/job-progress.ts";
import { JobWatchers } from "../../src/jobs/job-watchers.ts";
import { Jobs } from "../../src/jobs/jobs.ts";
import { exclusive, type LockRequest } from "../../src/jobs/locks.ts";
import { noTracer } from "../../src/ports/tracer.ts";
import { workflow, type Workflow, type WorkflowItem, type WorkflowOptions } from "../../src/jobs/workflow.ts";
import { WorkflowRegistry } from "../../src/jobs/workflow-registry.ts";
import type { Reserved } from "../../src/jobs/waiting-jobs.ts";
import type { Started } from "../../src/use-cases/asking.ts";
import { Outside } from "./outside.ts";
import { testSecrets } from "./test-secrets.ts";
import { temporaryCatalog } from "./temporary-catalog.ts";
import type { ToyFacts } from "./toy-steps.ts";

export const TARGET = "APPDATA_CONTAINER-77";
export const BY_TESTER = { by: { name: "tester", role: "operator" } } as const;

/** One engine process's jobs, on a catalog that outlives it. */
export interface Process {
  readonly jobs: Jobs;
  ended(job: Reference<"JOB">): Promise<Job>;
}

/** Real jobs on a real catalog, toy workflows, and an outside that remembers. */
export class JobBench {
  readonly catalog: Catalog;
  readonly outside = new Outside();
  /** What the next process knows. */
  registry = new WorkflowRegistry();
  readonly clock = new FakeClock({ isSkipping: true });
  readonly defects: unknown[] = [];
  readonly outages: unknown[] = [];
  readonly watchers = new JobWatchers();
  readonly progress = new JobProgress(this.clock, this.watchers);
  /** Passed at each point of each job of each process. */
  gate: StepGate = () => Promise.resolve();
  readonly #ids = countedIds();
  readonly #secrets = testSecrets();
  readonly #name: string;
  #processes = 0;

  private constructor(catalog: Catalog, name = "process") {
    this.catalog = catalog;
    this.#name = name;
  }

  static async open(): Promise<JobBench> {
    return new JobBench(await temporaryCatalog());
  }

  /** On a catalog that others may use as well; its processes are `<name>-1` and so on. */
  static on(catalog: Catalog, name: string): JobBench {
    return new JobBench(catalog, name);
  }

  /** Registers a workflow. */
  knows(name: string, items: readonly WorkflowItem<ToyFacts>[], options: Partial<WorkflowOptions<ToyFacts>> = {}): Workflow<ToyFacts> {
    return this.registry.add(workflow<ToyFacts>(name, { version: 1, ...options }, items));
  }

  /** Starts a process: it takes over what former ones left, once it is told what follows what. Each `moment` of its life can be its last. */
  async start(
    tell: (jobs: Jobs) => void = () => undefined,
    moment: () => Promise<void> = () => Promise.resolve(),
    reserved: Reserved = [],
  ): Promise<Process> {
    const jobs = new Jobs({
      catalog: withMoments(this.catalog, moment),
      clock: this.clock,
      ids: this.#ids,
      secrets: this.#secrets,
      registry: this.registry,
      watchers: this.watchers,
      gate: async (point) => {
        await moment();
        await this.gate(point);
      },
      tracer: noTracer,
      engineId: "toy",
      retryDelaysMs: [10, 20],
      now: () => this.clock.now().toISOString(),
      endMarked: this.outside.endMarked,
      progress: this.progress,
      letGo: () => undefined,
      reportOutage: (error) => this.outages.push(error),
      reportDefect: (error) => this.defects.push(error),
    });
    tell(jobs);
    await jobs.takeOver(`${this.#name}-${++this.#processes}`, reserved);
    const { ended } = createJobUseCases({ catalog: this.catalog, jobs, watchers: this.watchers, tracer: noTracer });
    return { jobs, ended: (job) => ended(job, AbortSignal.timeout(10_000)) };
  }

  request(asked: Workflow<ToyFacts>, more: ToyRequest = {}): JobRequest<ToyFacts> {
    const { input = {}, locks = [exclusive(TARGET)], target = TARGET, ...rest } = more;
    const draft = () => Promise.resolve({ target, input, locks });
    return { workflow: asked, title: `Do ${asked.name}`, operation: `toy.${asked.name}`, targetName: "toy", draft, ...rest };
  }

  /** Runs one job to its end. */
  async run(process: Process, asked: Workflow<ToyFacts>, more: ToyRequest = {}): Promise<Job> {
    const { job } = await process.jobs.submit(this.request(asked, more), BY_TESTER);
    return process.ended(job);
  }

  submit(process: Process, asked: Workflow<ToyFacts>, more: ToyRequest & { readonly isQueued?: boolean } = {}): Promise<Started> {
    const { isQueued = false, ...rest } = more;
    return process.jobs.submit(this.request(asked, rest), { ...BY_TESTER, isQueued });
  }

  /** From now on every job that comes to such a point stays there for ever, as in a process that was killed. Resolves when one has. */
  crashAt(isThere: (point: StepPoint) => boolean): Promise<void> {
    return new Promise((resolve) => {
      let isDead = false;
      this.gate = async (point) => {
        if (!isDead && !isThere(point)) return;
        isDead = true;
        resolve();
        await new Promise<never>(() => undefined);
      };
    });
  }

  /** The processes of before are dead; the next one passes everything. */
  letPass(): void {
    this.gate = () => Promise.resolve();
  }

  /** Takes away what former jobs have made, so that the next one finds nothing. */
  async clear(): Promise<void> {
    this.outside.things.clear();
    this.outside.story.length = 0;
    await this.catalog.transact(async (transaction) => {
      const { pools, faults } = transaction.objects;
      await transaction.apply((await pools.list()).map(({ reference }) => ({ collection: "pools", remove: reference }) as const));
      await transaction.apply((await faults.list()).map(({ reference }) => ({ collection: "faults", remove: reference }) as const));
    });
  }

  async job(reference: Reference<"JOB">): Promise<Job> {
    const job = await this.catalog.journal.findJob(reference);
    if (job === undefined) throw new Error(`There is no ${reference}.`);
    return job;
  }

  steps(job: Reference<"JOB">): Promise<readonly JobStep[]> {
    return this.catalog.journal.steps(job);
  }

  events(job: Reference<"JOB">): Promise<readonly JobEvent[]> {
    return this.catalog.journal.events(job);
  }

  /** `name state` of each line of a job's journal. */
  async states(job: Reference<"JOB">): Promise<readonly string[]> {
    return (await this.steps(job)).map(({ name, key, state }) => `${name}${key === "" ? "" : `/${key}`} ${state}`);
  }

  /** Names of the pools that the toy steps have put into the catalog. */
  async recorded(): Promise<readonly string[]> {
    return (await this.catalog.objects.pools.list()).map(({ name }) => name);
  }

  async faults(state: "ACTIVE" | "RESOLVED" = "ACTIVE"): Promise<readonly string[]> {
    return (await this.catalog.objects.faults.list({ where: { target: TARGET, state } })).map(({ code }) => code);
  }
}

/** A moment before and one after each transaction. */
function withMoments(catalog: Catalog, moment: () => Promise<void>): Catalog {
  return {
    objects: catalog.objects,
    journal: catalog.journal,
    sharedClock: catalog.sharedClock,
    transact: async (work) => {
      await moment();
      const result = await catalog.transact(work);
      await moment();
      return result;
    },
    close: () => catalog.close(),
  };
}

export interface ToyRequest {
  readonly input?: ToyFacts;
  readonly locks?: readonly LockRequest[];
  readonly target?: Reference;
  readonly queuesBehind?: readonly string[];
}
