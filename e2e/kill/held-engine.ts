import { runEngine } from "@opendvp/engine";
import { startProgramsApart } from "@opendvp/subprocess";
import type { StepPoint, StorageTechnology } from "@opendvp/core";
import type { FromEngine, PointRule, ToEngine } from "./messages.ts";

/**
 * An engine whose jobs can be held, or made to fail, at every point. It is a program of its own, so that it can be killed.
 * Arguments: data directory, storage, environment user, `restless` for a pool that says it cannot snapshot what runs, catalog.
 */
const [dataDirectory = "", storageText = "{}", environmentUser = "", mode = "", catalog = "sqlite"] = process.argv.slice(2);
const storage = JSON.parse(storageText) as Parameters<typeof runEngine>[0]["storage"];
const passes = new Map<string, number>();
const rules: PointRule[] = [];
const held: (() => void)[] = [];
const RealDate = Date;
let isTracing = false;

function tell(message: FromEngine): void {
  process.send?.(message);
}

async function gate(point: StepPoint): Promise<void> {
  const id = [point.targetName, point.workflow, point.step, point.direction, point.moment].join("\n");
  const occurrence = (passes.get(id) ?? 0) + 1;
  passes.set(id, occurrence);
  const passed = { ...point, occurrence };
  if (isTracing) tell({ type: "passed", point: passed });
  const rule = rules.find((candidate) => candidate.targetName === point.targetName && matches(candidate, passed));
  if (rule?.action === "fail") throw new Error("The kill test makes this step fail.");
  if (rule?.action !== "hold") return;
  const released = new Promise<void>((resolve) => held.push(resolve));
  tell({ type: "held", point: passed });
  await released;
}

function matches(rule: PointRule, point: StepPoint & { readonly occurrence: number }): boolean {
  const { workflow, step, direction, moment, occurrence } = rule.point;
  return (
    workflow === point.workflow &&
    step === point.step &&
    direction === point.direction &&
    moment === point.moment &&
    occurrence === point.occurrence
  );
}

// Kept awake while a job is held: nothing else may be pending then.
setInterval(() => undefined, 60_000);

// As the engine's own program does.
startProgramsApart();

const run = await runEngine(
  {
    dataDirectory,
    catalog,
    listen: { host: "127.0.0.1", port: 0 },
    environmentUsers: [environmentUser],
    ...(storage === undefined ? {} : { storage }),
  },
  (event) => {
    if (event.event === "first-start") tell({ type: "password", password: event.password });
  },
  {
    gate,
    settings: { retryDelaysMs: [10], monitoring: { stagedMs: 600_000, virtualMs: 600_000 } },
    ...(mode === "restless" ? { wrapStorage: withoutAtomicSnapshots } : {}),
  },
);

/** The wall clock jumps, as after `date --set`; timers and the monotonic clock know nothing of it. */
function setClock(aheadMs: number): void {
  const now = (): number => RealDate.now() + aheadMs;
  globalThis.Date = new Proxy(RealDate, {
    construct: (real, given) => Reflect.construct(real, given.length === 0 ? [now()] : given) as Date,
    get: (real, name): unknown => (name === "now" ? now : Reflect.get(real, name)),
  });
}

function withoutAtomicSnapshots(technology: StorageTechnology): StorageTechnology {
  return {
    technology: technology.technology,
    open: async (location, opening) => {
      const driver = await technology.open(location, opening);
      const capabilities = { ...driver.capabilities, atomicSnapshots: false };
      return new Proxy(driver, { get: (target, name) => (name === "capabilities" ? capabilities : bound(target, name)) });
    },
  };
}

function bound(target: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name, target);
  return typeof value === "function" ? (value.bind(target) as unknown) : value;
}

process.on("message", (message: ToEngine) => {
  void answer(message).catch((error: unknown) => tell({ type: "trouble", message: String(error) }));
});

async function answer(message: ToEngine): Promise<void> {
  switch (message.type) {
    case "rules":
      rules.push(...message.rules);
      return tell({ type: "answer", id: message.id, value: null });
    case "trace":
      isTracing = message.isTracing;
      return tell({ type: "answer", id: message.id, value: null });
    case "release":
      for (const goOn of held.splice(0)) goOn();
      return tell({ type: "answer", id: message.id, value: null });
    case "clock":
      setClock(message.aheadMs);
      return tell({ type: "answer", id: message.id, value: null });
    case "restore":
      return tell({ type: "answer", id: message.id, value: await run.engine.restore() });
    case "take-down":
      return tell({ type: "answer", id: message.id, value: await takeDown(message.dataset) });
    case "settled":
      return tell({ type: "answer", id: message.id, value: await run.engine.restored });
    case "audit":
      return tell({ type: "answer", id: message.id, value: await run.engine.audit() });
    case "plans":
      return tell({
        type: "answer",
        id: message.id,
        value: run.engine.plans().map(({ workflow, steps }) => ({ workflow: workflow.name, steps: steps.map(nameOf) })),
      });
    case "stop":
      await run.stop();
      process.exit(0);
  }
}

/** Resolves once the job has begun: it may be held. */
async function takeDown(name: string): Promise<null> {
  const { reference } = await run.engine.resolveDataset(name);
  const begun = new Promise<void>((resolve) => {
    const stop = run.engine.jobs.watch(({ job }) => {
      if (job.target !== reference || !job.workflow.startsWith("take-down")) return;
      stop();
      resolve();
    });
  });
  void run.engine.takeDown({ only: [reference] });
  await begun;
  return null;
}

function nameOf({ step, forEach }: ReturnType<typeof run.engine.plans>[number]["steps"][number]): string {
  return forEach === undefined ? step.name : forEach.forEach;
}

tell({ type: "ready", address: run.address });
