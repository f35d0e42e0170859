import { idOf, targetOf, type KillPoint } from "./find-points.ts";
import type { PointRule } from "./messages.ts";
import type { World } from "./world.ts";

/** What did not stand as it must, and at which point the job was held. */
export interface Finding {
  readonly point: string;
  readonly problem: string;
}

/** A point, and what a job of its scenario works on. */
export interface Subject {
  readonly at: KillPoint;
  readonly name: string;
  job: string;
}

const HOLD_LIMIT_MS = 60_000;

/** One job for each point, held there; with findings for those that never were. Names begin with the round's. */
export async function holdRound(
  world: World,
  points: readonly KillPoint[],
  round: string,
): Promise<{ readonly subjects: readonly Subject[]; readonly findings: readonly Finding[] }> {
  const subjects = points.map((at, index): Subject => ({ at, name: `${round}x${index}`, job: "" }));
  await each(subjects, ({ at, name }) => at.scenario.prepare(world, name));
  await world.engine.addRules(subjects.flatMap(rulesOf));
  const held = untilHeld(world, subjects);
  await each(subjects, async (subject) => {
    subject.job = (await subject.at.scenario.ask(world, subject.name)).job.id;
  });
  return { subjects, findings: await held };
}

/** Looks at each job of a round, and at catalog, pool and mounts; then takes away what the round has made. */
export async function checkRound(
  world: World,
  subjects: readonly Subject[],
  check: (subject: Subject) => Promise<string | undefined>,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  await each(subjects, async (subject) => {
    const problem = await check(subject).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    if (problem !== undefined) findings.push({ point: idOf(subject.at.point), problem: `${subject.name} ${subject.job}: ${problem}` });
  });
  for (const { kind, what, detail } of await world.engine.audit())
    findings.push({ point: "after the round", problem: `${kind} ${what} ${detail}` });
  await each(subjects, ({ at, name }) =>
    at.scenario
      .clean(world, name)
      .catch((error: unknown) => void findings.push({ point: idOf(at.point), problem: `clean-up of ${name}: ${String(error)}` })),
  );
  for (const leftover of await world.leftovers()) findings.push({ point: "after the round", problem: `${leftover} is left` });
  return findings;
}

/** How things stand after the job; where it was undone, the operation must work when it is asked for again. */
export async function verify(world: World, { at, name, job }: Subject): Promise<string | undefined> {
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
export async function each<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const results = await Promise.allSettled(items.map(work));
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

function rulesOf({ at, name }: Subject): readonly PointRule[] {
  const targetName = targetOf(at.scenario, name);
  const hold: PointRule = { targetName, point: at.point, action: "hold" };
  return at.failing === undefined ? [hold] : [hold, { targetName, point: at.failing, action: "fail" }];
}

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
