import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildPlugin } from "@opendvp/plugin-tools";
import { makeLoopFileSystem, makeTestDirectory, makeZfsTestPool, removeTestDirectory } from "@opendvp/testkit";
import { ENVIRONMENT_SCENARIOS } from "./environment-scenarios.ts";
import { findPoints, type KillPoint } from "./find-points.ts";
import { HeldEngine, type HeldEngineSetUp } from "./held-engine-handle.ts";
import { killRound, type Finding } from "./kill-rounds.ts";
import { LINKED_SCENARIOS } from "./linked-scenarios.ts";
import type { Scenario } from "./scenario.ts";
import { VIRTUAL_SCENARIOS } from "./virtual-scenarios.ts";
import { World } from "./world.ts";

export const SCENARIOS: readonly Scenario[] = [...ENVIRONMENT_SCENARIOS, ...LINKED_SCENARIOS, ...VIRTUAL_SCENARIOS];

export interface KillTestRequest {
  readonly storage: "btrfs" | "zfs" | "reflink" | "copy";
  /** Says that the pool cannot snapshot what runs, so that the steps for such pools are passed as well. */
  readonly isRestless: boolean;
  /** Which of all points are tried; default all. */
  readonly choose?: (points: readonly KillPoint[]) => readonly KillPoint[];
  readonly scenarios?: readonly Scenario[];
  readonly environmentUser: string;
  readonly report?: (line: string) => void;
}

export interface KillTestResult {
  readonly pointsFound: number;
  readonly pointsTried: number;
  readonly findings: readonly Finding[];
  /** `workflow: step` of every step that no scenario passed. */
  readonly neverPassed: readonly string[];
}

const POINTS_A_ROUND = 24;
const SCENARIOS_AT_ONCE = 6;
const POOL_BYTES = 4 * 1024 ** 3;

/** Kills an engine at the points of its workflows and looks at what it makes of that. Cleans up after itself. */
export async function runKillTest(request: KillTestRequest): Promise<KillTestResult> {
  const directory = await makeTestDirectory();
  await chmod(directory, 0o755);
  const engine = new HeldEngine(await setUpOf(request, directory));
  const world = new World(engine, directory, request.environmentUser);
  try {
    await engine.start();
    const configFile = fileURLToPath(new URL("probe-plugin/plugin_config.yml", import.meta.url));
    const artifactFile = join(directory, "artifact.json");
    await buildPlugin({ configFile, artifactFile });
    await mkdir(join(directory, "mounts"), { mode: 0o755 });
    await world.setUp(artifactFile);
    return await killEverywhere(world, request);
  } finally {
    await engine.kill();
    await removeTestDirectory(directory);
  }
}

async function killEverywhere(world: World, request: KillTestRequest): Promise<KillTestResult> {
  const report = request.report ?? ((): void => undefined);
  await world.engine.trace(true);
  const points: KillPoint[] = [];
  const scenarios = request.scenarios ?? SCENARIOS;
  for (let at = 0; at < scenarios.length; at += SCENARIOS_AT_ONCE) {
    const found = await Promise.all(scenarios.slice(at, at + SCENARIOS_AT_ONCE).map((scenario) => findPoints(world, scenario)));
    points.push(...found.flat());
  }
  report(`${points.length} points found`);
  await world.engine.trace(false);
  const passed = new Set(points.map(({ point }) => `${point.workflow}: ${point.step}`));
  const plans = await world.engine.plans();
  const neverPassed = plans
    .flatMap(({ workflow, steps }) => steps.map((step) => `${workflow}: ${step}`))
    .filter((step) => !passed.has(step));
  const chosen = request.choose?.(points) ?? points;
  const findings: Finding[] = [];
  for (let at = 0; at < chosen.length; at += POINTS_A_ROUND) {
    const round = await killRound(world, chosen.slice(at, at + POINTS_A_ROUND), at / POINTS_A_ROUND);
    for (const { point, problem } of round) report(`FOUND ${point}: ${problem}`);
    findings.push(...round);
    report(`${Math.min(at + POINTS_A_ROUND, chosen.length)} of ${chosen.length} points tried`);
  }
  return { pointsFound: points.length, pointsTried: chosen.length, findings, neverPassed };
}

async function setUpOf({ storage, isRestless, environmentUser }: KillTestRequest, directory: string): Promise<HeldEngineSetUp> {
  return { dataDirectory: join(directory, "engine"), storage: await makePlace(storage, directory), environmentUser, isRestless };
}

/** A pool's place in the test's directory, with which it goes. */
async function makePlace(storage: KillTestRequest["storage"], directory: string): Promise<HeldEngineSetUp["storage"]> {
  switch (storage) {
    case "btrfs":
      return { kind: "embedded", sizeBytes: POOL_BYTES };
    case "zfs":
      return { kind: "zfs", dataset: `${(await makeZfsTestPool({ directory, name: "zpool", sizeBytes: POOL_BYTES })).name}/opendvp` };
    case "reflink": {
      const { mountPath } = await makeLoopFileSystem({ directory, name: "xfs", fileSystem: "xfs", sizeBytes: POOL_BYTES });
      return { kind: "reflink", directory: join(mountPath, "pool") };
    }
    case "copy":
      return { kind: "copy", directory: join(directory, "pool") };
  }
}
