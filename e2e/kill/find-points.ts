import type { PassedPoint } from "./messages.ts";
import type { Scenario } from "./scenario.ts";
import type { World } from "./world.ts";

/** A point at which a scenario's job is held; `failing` makes the job turn back first, so that its undo steps are passed. */
export interface KillPoint {
  readonly scenario: Scenario;
  readonly point: PassedPoint;
  readonly failing?: PassedPoint;
}

/** Whether the points of a step that a scenario passes, and of its undo, are of interest. */
export type IsWanted = (step: Pick<PassedPoint, "workflow" | "step">, scenario: Scenario) => boolean;

/**
 * Runs a scenario once whole, and once failing after each of its steps that makes it turn back somewhere new: the points
 * come from what the workflow really passes, so that a new step is found without anyone telling. A scenario that passes nothing that is
 * wanted is not made to fail.
 */
export async function findPoints(world: World, scenario: Scenario, isWanted: IsWanted): Promise<readonly KillPoint[]> {
  const points = [...(await findForwardPoints(world, scenario))];
  const forward = points.map(({ point }) => point);
  if (!forward.some((point) => isWanted(point, scenario))) return points;
  const seen = new Set<string>();
  const ends = forward.filter(({ moment }) => moment === "AFTER").reverse();
  for (const failing of ends) {
    const passed = await trace(world, scenario, failing);
    const undo = passed.filter((point) => point.direction === "UNDO" && !seen.has(idOf(point)));
    for (const point of undo) seen.add(idOf(point));
    points.push(...undo.map((point) => ({ scenario, point, failing })));
    // Failing after an earlier step of the same stretch passes a part of the same undo steps.
    if (undo.length === 0 && seen.size > 0 && passed.some((point) => point.direction === "UNDO")) break;
  }
  return points;
}

/** The points that a scenario passes when nothing goes wrong. */
export async function findForwardPoints(world: World, scenario: Scenario): Promise<readonly KillPoint[]> {
  return (await trace(world, scenario)).map((point) => ({ scenario, point }));
}

let traces = 0;

async function trace(world: World, scenario: Scenario, failing?: PassedPoint): Promise<readonly PassedPoint[]> {
  const { engine } = world;
  const name = `trace${++traces}`;
  await scenario.prepare(world, name);
  if (failing !== undefined) await engine.addRules([{ targetName: targetOf(scenario, name), point: failing, action: "fail" }]);
  const { job } = await scenario.ask(world, name);
  await world.ended(job.id);
  await world.idle(name);
  const passed = engine.passedBy(job.id);
  await scenario.clean(world, name);
  return passed.map(({ workflow, step, direction, moment, occurrence }) => ({ workflow, step, direction, moment, occurrence }));
}

export function idOf({ workflow, step, direction, moment, occurrence }: PassedPoint): string {
  return `${workflow}: ${moment.toLowerCase()} ${direction === "UNDO" ? "the undo of " : ""}"${step}"${occurrence === 1 ? "" : ` (${occurrence})`}`;
}

/** The name by which the engine knows what a scenario's job is about. */
export function targetOf(scenario: Scenario, name: string): string {
  return scenario.targetOf?.(name) ?? name;
}
