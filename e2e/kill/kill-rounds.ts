import { idOf, targetOf, type KillPoint } from "./find-points.ts";
import type { PointRule } from "./messages.ts";
import type { World } from "./world.ts";

/** What did not stand as it must, and at which point the engine was killed. */
export interface Finding {
  readonly point: string;
  readonly problem: string;
}

interface Subject {
  readonly at: KillPoint;
  readonly name: string;
  job: string;
}

const HOLD_LIMIT_MS = 60_000;

/**
 * One kill serves many points: every job is held at a point of its own, the engine is killed and started again once, and
 * every job is checked on its own: finished or undone, the data intact, the operation working when it is repeated.
 */
export async function killRound(world: World, points: readonly KillPoint[], round: number): Promise<readonly Finding[]> {
  const { engine } = world;
  const subjects = points.map((at, index): Subject => ({ at, name: `r${round}x${index}`, job: "" }));
  const findings: Finding[] = [];
  await each(subjects, ({ at, name }) => at.scenario.prepare(world, name));

  await engine.addRules(subjects.flatMap(rulesOf));
  const held = untilHeld(world, subjects);
  await each(subjects, async (subject) => {
    subject.job = (await subject.at.scenario.ask(world, subject.name)).job.id;
  });
  findings.push(...(await held));
  await engine.kill();
  await engine.start();
  await engine.settled();

  await each(subjects, async (subject) => {
    const problem = await verify(world, subject).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    if (problem !== undefined) findings.push({ point: idOf(subject.at.point), problem: `${subject.name} ${subject.job}: ${problem}` });
  });
  for (const { kind, what, detail } of await engine.audit())
    findings.push({ point: "after the round", problem: `${kind} ${what} ${detail}` });
  await each(subjects, ({ at, name }) =>
    at.scenario
      .clean(world, name)
      .catch((error: unknown) => void findings.push({ point: idOf(at.point), problem: `clean-up of ${name}: ${String(error)}` })),
  );
  return findings;
}

function rulesOf({ at, name }: Subject): readonly PointRule[] {
  const targetName = targetOf(at.scenario, name);
  const hold: PointRule = { targetName, point: at.point, action: "hold" };
  return at.failing === undefined ? [hold] : [hold, { targetName, point: at.failing, action: "fail" }];
}

/** Resolves when every job is held; with findings for those that never were. */
async function untilHeld({ engine }: World, subjects: readonly Subject[]): Promise<readonly Finding[]> {
  const missing = new Map(subjects.map((subject) => [targetOf(subject.at.scenario, subject.name), subject]));
  await new Promise<void>((resolve) => {
    const timer = setTimeout(finish, HOLD_LIMIT_MS);
    const stop = engine.onHeld((point) => {
      missing.delete(point.targetName);
      if (missing.size === 0) finish();
    });
    function finish(): void {
      clearTimeout(timer);
      stop();
      resolve();
    }
  });
  return [...missing.values()].map(({ at, name }) => ({ point: idOf(at.point), problem: `${name} was never held there` }));
}

async function verify(world: World, { at, name, job }: Subject): Promise<string | undefined> {
  const ended = await world.ended(job);
  await world.idle(name);
  if (ended.is_unfinished) return `ended unfinished: ${ended.error_details ?? ""}`;
  const isDone = ended.status === "COMPLETED";
  await at.scenario.check(world, name, isDone);
  if (isDone) return undefined;
  await world.done(at.scenario.ask(world, name));
  await world.idle(name);
  await at.scenario.check(world, name, true);
  return undefined;
}

/** All at once: the engine's own queues keep order. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const results = await Promise.allSettled(items.map(work));
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}
