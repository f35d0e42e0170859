import { randomInt } from "node:crypto";
import { userInfo } from "node:os";
import { canUseZfs, hasPostgresql, startPostgresqlCluster, type PostgresqlCluster } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { IsWanted, KillPoint } from "./find-points.ts";
import type { Finding } from "./held-round.ts";
import { oneMomentEach, sampleOf } from "./sample.ts";
import { canPlay, runKillTest, SCENARIOS, type KillTestResult } from "./run-kill-test.ts";
import type { WorldRequest } from "./with-world.ts";

// OPENDVP_KILL_CATALOG=postgresql keeps the catalogs on a PostgreSQL server of the test's own.
// OPENDVP_KILL=all tries every point on every back end; OPENDVP_KILL_SCENARIOS="link,sync" only those; OPENDVP_SEED repeats a sample.
const isWhole = process.env["OPENDVP_KILL"] === "all";
const only = process.env["OPENDVP_KILL_SCENARIOS"]?.split(",");
const seed = Number(process.env["OPENDVP_SEED"] ?? randomInt(2 ** 31));
const scenarios = only === undefined ? SCENARIOS : SCENARIOS.filter(({ name }) => only.includes(name));

const LIMIT_MS = (isWhole ? 180 : 60) * 60_000;
/** How many steps and undo steps on btrfs are tried at one of their moments when not all points are. */
const BTRFS_STEPS = 100;
/** How many points of how many scenarios are tried with PostgreSQL then. */
const WITH_POSTGRESQL = { datasets: "postgresql", storage: "btrfs", points: 6, of: 1 } as const;
/** How many on each of the other back ends. */
const SAMPLES = [
  { storage: "copy", points: 8, of: 2 },
  { storage: "reflink", points: 6, of: 2 },
  { storage: "zfs", points: 6, of: 2 },
] as const;
/** Each run takes every other one: back ends, and scenarios that are made to fail, so that their undo steps are passed. */
const isTurnOf = (index: number): boolean => isWhole || index % 2 === Math.floor(seed / 2) % 2;
const common = { environmentUser: "opendvp", scenarios, report: (line: string): void => void process.stderr.write(`  ${line}\n`) };

interface Sample extends Pick<WorldRequest, "datasets" | "storage" | "isRestless"> {
  readonly points: number;
  /** How many scenarios. */
  readonly of: number;
}

function tell(where: string, { pointsTried, pointsFound }: KillTestResult): void {
  const sample = isWhole ? "" : ` (a sample: OPENDVP_SEED=${seed})`;
  process.stderr.write(`kill test ${where}${sample}: ${pointsTried} of ${pointsFound} points tried\n`);
}

describe.skipIf(userInfo().uid !== 0)("an engine that is killed before or after any step or undo step", () => {
  let neverPassed: readonly string[] = [];
  let cluster: PostgresqlCluster | undefined;
  let databases = 0;
  beforeAll(async () => {
    if (process.env["OPENDVP_KILL_CATALOG"] === "postgresql") cluster = await startPostgresqlCluster();
  });
  afterAll(() => cluster?.dispose());

  async function ownCatalog(): Promise<{ readonly catalog?: string }> {
    if (cluster === undefined) return {};
    databases += 1;
    await cluster.sql(`create database d${databases}`);
    return { catalog: cluster.address(`d${databases}`) };
  }

  it(
    "finishes or undoes every job on btrfs, and loses nothing",
    async () => {
      const result = await runKillTest({
        ...common,
        ...(await ownCatalog()),
        storage: "btrfs",
        isRestless: false,
        isWanted: (_step, scenario) => only !== undefined || isTurnOf(scenarios.indexOf(scenario)),
        ...(isWhole ? {} : { choose: (points) => sampleOf(oneMomentEach(points, seed), { count: BTRFS_STEPS, seed }) }),
      });
      tell("on btrfs", result);
      neverPassed = result.neverPassed;
      expect(result.findings).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    "does so too where datasets must rest to be copied, and no step of any workflow is left out",
    async () => {
      const isWanted: IsWanted = ({ workflow, step }) => neverPassed.includes(`${workflow}: ${step}`);
      const choose = (points: readonly KillPoint[]): readonly KillPoint[] =>
        oneMomentEach(points, seed).filter(({ point, scenario }) => isWanted(point, scenario));
      const part = isWhole ? {} : { isWanted: () => false, choose };
      const result = await runKillTest({ ...common, ...(await ownCatalog()), storage: "btrfs", isRestless: true, ...part });
      tell("on btrfs without atomic snapshots", result);
      expect(result.findings).toEqual([]);
      if (only === undefined) expect(neverPassed.filter((step) => result.neverPassed.includes(step))).toEqual([]);
    },
    LIMIT_MS,
  );

  /** All points where all are asked for, else some of some scenarios; gives what was found. */
  async function trySample(where: string, { points: count, of, ...world }: Sample): Promise<readonly Finding[]> {
    const choose = (points: readonly KillPoint[]): readonly KillPoint[] => sampleOf(points, { count, seed });
    const playable = scenarios.filter((scenario) => canPlay(scenario, world.datasets));
    const some = isWhole ? playable : sampleOf(playable, { count: of, seed });
    const request = { ...common, ...(await ownCatalog()), ...world, scenarios: some };
    const result = await runKillTest(isWhole ? request : { ...request, choose });
    tell(where, result);
    return result.findings;
  }

  for (const [index, sample] of SAMPLES.entries())
    it.skipIf(!isTurnOf(index) || (sample.storage === "zfs" && !canUseZfs()))(
      `does so on ${sample.storage}`,
      async () => {
        expect(await trySample(`on ${sample.storage}`, { ...sample, isRestless: false })).toEqual([]);
      },
      LIMIT_MS,
    );

  it.skipIf(!isTurnOf(SAMPLES.length) || !hasPostgresql).each(isWhole ? [false, true] : [seed % 2 === 1])(
    "does so where datasets are clusters of PostgreSQL (needs it; they must rest to be copied: %s)",
    async (isRestless) => {
      const where = `with PostgreSQL${isRestless ? ", without atomic snapshots" : ""}`;
      expect(await trySample(where, { ...WITH_POSTGRESQL, isRestless })).toEqual([]);
    },
    LIMIT_MS,
  );
});
