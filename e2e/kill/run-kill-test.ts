import { heldTogether, playedTogether } from "./companies.ts";
import type { DatasetKind } from "./dataset-kind.ts";
import { ENVIRONMENT_SCENARIOS } from "./environment-scenarios.ts";
import { findPoints, type IsWanted, type KillPoint } from "./find-points.ts";
import type { Finding } from "./held-round.ts";
import { killRound } from "./kill-rounds.ts";
import { LINKED_SCENARIOS } from "./linked-scenarios.ts";
import { MOVING_SCENARIOS } from "./moving-scenarios.ts";
import { PLUGIN_SCENARIOS } from "./plugin-scenarios.ts";
import type { Scenario } from "./scenario.ts";
import { VIRTUAL_SCENARIOS } from "./virtual-scenarios.ts";
import { withWorld, type WorldRequest } from "./with-world.ts";
import type { World } from "./world.ts";

export const SCENARIOS: readonly Scenario[] = [
  ...ENVIRONMENT_SCENARIOS,
  ...LINKED_SCENARIOS,
  ...VIRTUAL_SCENARIOS,
  ...MOVING_SCENARIOS,
  ...PLUGIN_SCENARIOS,
];

export interface KillTestRequest extends WorldRequest {
  /** As `findPoints` asks; default: all are. */
  readonly isWanted?: IsWanted;
  /** Which of all points are tried; default all. */
  readonly choose?: (points: readonly KillPoint[]) => readonly KillPoint[];
  readonly scenarios?: readonly Scenario[];
  readonly report?: (line: string) => void;
}

export interface KillTestResult {
  readonly pointsFound: number;
  readonly pointsTried: number;
  readonly findings: readonly Finding[];
  /** `workflow: step` of every step that no scenario passed. */
  readonly neverPassed: readonly string[];
}

const SCENARIOS_AT_ONCE = 6;
/** With zfs-fuse, which stands still for ever when much is mounted and unmounted at the same time. */
const AT_ONCE_ON_ZFS = 3;

/** Whether a kind of datasets can play a scenario. */
export function canPlay({ onlyWith }: Scenario, kind: DatasetKind["name"] = "probe"): boolean {
  return onlyWith === undefined || onlyWith === kind;
}

/** Kills an engine at the points of its workflows and looks at what it makes of that. Cleans up after itself. */
export function runKillTest(request: KillTestRequest): Promise<KillTestResult> {
  return withWorld(request, (world) => killEverywhere(world, request));
}

async function killEverywhere(world: World, request: KillTestRequest): Promise<KillTestResult> {
  const report = request.report ?? ((): void => undefined);
  await world.engine.trace(true);
  const isOnZfs = request.storage === "zfs";
  const points = await findAllPoints(world, request, isOnZfs ? AT_ONCE_ON_ZFS : SCENARIOS_AT_ONCE);
  report(`${points.length} points found`);
  await world.engine.trace(false);
  const passed = new Set(points.map(({ point }) => `${point.workflow}: ${point.step}`));
  const plans = await world.engine.plans();
  const neverPassed = plans
    .flatMap(({ workflow, steps }) => steps.map((step) => `${workflow}: ${step}`))
    .filter((step) => !passed.has(step));
  const chosen = request.choose?.(points) ?? points;
  const findings: Finding[] = [];
  let tried = 0;
  for (const [index, round] of heldTogether(chosen, isOnZfs ? AT_ONCE_ON_ZFS : world.datasets.pointsARound).entries()) {
    const found = await killRound(world, round, index);
    for (const { point, problem } of found) report(`FOUND ${point}: ${problem}`);
    findings.push(...found);
    tried += round.length;
    report(`${tried} of ${chosen.length} points tried`);
  }
  return { pointsFound: points.length, pointsTried: chosen.length, findings, neverPassed };
}

async function findAllPoints(world: World, request: KillTestRequest, atOnce: number): Promise<readonly KillPoint[]> {
  const points: KillPoint[] = [];
  const find = (scenario: Scenario): Promise<readonly KillPoint[]> => findPoints(world, scenario, request.isWanted ?? (() => true));
  const scenarios = (request.scenarios ?? SCENARIOS).filter((scenario) => canPlay(scenario, world.datasets.name));
  for (const some of playedTogether(scenarios, atOnce)) points.push(...(await Promise.all(some.map(find))).flat());
  return points;
}
