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
  /** Steps whose points are of interest; default all. */
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
  const points: KillPoint[] = [];
  const { pointsARound, name: kind } = world.datasets;
  const find = (scenario: Scenario): Promise<readonly KillPoint[]> => findPoints(world, scenario, request.isWanted ?? (() => true));
  const scenarios = (request.scenarios ?? SCENARIOS).filter((scenario) => canPlay(scenario, kind));
  const isOnZfs = request.storage === "zfs";
  const scenariosAtOnce = isOnZfs ? AT_ONCE_ON_ZFS : SCENARIOS_AT_ONCE;
  const together = scenarios.filter(({ keepsToItself }) => keepsToItself !== true);
  for (let at = 0; at < together.length; at += scenariosAtOnce) {
    const found = await Promise.all(together.slice(at, at + scenariosAtOnce).map(find));
    points.push(...found.flat());
  }
  for (const scenario of scenarios.filter(({ keepsToItself }) => keepsToItself === true)) points.push(...(await find(scenario)));
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
  for (const [index, round] of roundsOf(chosen, isOnZfs ? AT_ONCE_ON_ZFS : pointsARound).entries()) {
    const found = await killRound(world, round, index);
    for (const { point, problem } of found) report(`FOUND ${point}: ${problem}`);
    findings.push(...found);
    tried += round.length;
    report(`${tried} of ${chosen.length} points tried`);
  }
  return { pointsFound: points.length, pointsTried: chosen.length, findings, neverPassed };
}

/** Those that bring all back, and those that are in others' way, keep to themselves. */
function roundsOf(points: readonly KillPoint[], size: number): readonly (readonly KillPoint[])[] {
  const rounds: (readonly KillPoint[])[] = [];
  for (const company of ["ALL", "BRINGS_ALL_BACK", "OWN"] as const) {
    const some = points.filter(({ scenario }) => companyOf(scenario) === company);
    for (let at = 0; at < some.length; at += size) rounds.push(some.slice(at, at + size));
  }
  return rounds;
}

function companyOf({ bringsAllBack, keepsToItself }: Scenario): "ALL" | "BRINGS_ALL_BACK" | "OWN" {
  if (keepsToItself === true) return "OWN";
  return bringsAllBack === true ? "BRINGS_ALL_BACK" : "ALL";
}
