import { randomInt } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRoot } from "../engine-under-test/index.ts";
import { heldTogether, playedTogether } from "../kill/companies.ts";
import { findForwardPoints, type KillPoint } from "../kill/find-points.ts";
import { checkRound, each, holdRound, type Finding } from "../kill/held-round.ts";
import { SCENARIOS } from "../kill/run-kill-test.ts";
import { distinct, sampleOf } from "../kill/sample.ts";
import { openWorld } from "../kill/with-world.ts";
import type { World } from "../kill/world.ts";
import { cancelHeld, verifyCanceled } from "./canceled-round.ts";

// OPENDVP_KILL=all tries every step, OPENDVP_KILL_SCENARIOS="link,sync" those of a few scenarios; OPENDVP_SEED repeats a sample.
const only = process.env["OPENDVP_KILL_SCENARIOS"]?.split(",");
const isWhole = process.env["OPENDVP_KILL"] === "all" || only !== undefined;
const seed = Number(process.env["OPENDVP_SEED"] ?? randomInt(2 ** 31));
const LIMIT_MS = 30 * 60_000;
const SCENARIOS_AT_ONCE = 6;
const POINTS_A_ROUND = 16;

describe.skipIf(!isRoot)("a job that is cancelled at any step (needs root)", () => {
  let world: World;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ world, close } = await openWorld({ storage: "btrfs", isRestless: true, environmentUser: "opendvp" }));
  });
  afterAll(() => close());

  /** Where each step of each workflow begins. */
  async function beginnings(): Promise<readonly KillPoint[]> {
    await world.engine.trace(true);
    const points: KillPoint[] = [];
    const all = only === undefined ? SCENARIOS : SCENARIOS.filter(({ name }) => only.includes(name));
    const scenarios = isWhole ? all : sampleOf(all, { count: 8, seed });
    for (const some of playedTogether(scenarios, SCENARIOS_AT_ONCE)) {
      points.push(...(await Promise.all(some.map((scenario) => findForwardPoints(world, scenario)))).flat());
    }
    await world.engine.trace(false);
    const begin = distinct(points.filter(({ point }) => point.moment === "BEFORE"));
    const chosen = isWhole ? begin : sampleOf(begin, { count: 32, seed });
    process.stderr.write(`cancelled at ${chosen.length} steps${isWhole ? "" : ` (a sample: OPENDVP_SEED=${seed})`}\n`);
    return chosen;
  }

  async function cancelRound(points: readonly KillPoint[], round: number): Promise<readonly Finding[]> {
    const { subjects, findings } = await holdRound(world, points, `c${round}`);
    const accepted = new Set<string>();
    await each(subjects, async (subject) => {
      if (await cancelHeld(world, subject)) accepted.add(subject.job);
    });
    await world.engine.release();
    return [...findings, ...(await checkRound(world, subjects, (subject) => verifyCanceled(world, subject, accepted.has(subject.job))))];
  }

  it(
    "ends cancelled and leaves nothing, or is past its point of no return, says so, and is done",
    async () => {
      const points = await beginnings();
      const findings: Finding[] = [];
      for (const [index, round] of heldTogether(points, POINTS_A_ROUND).entries()) {
        const found = await cancelRound(round, index);
        for (const { point, problem } of found) process.stderr.write(`  FOUND ${point}: ${problem}\n`);
        findings.push(...found);
      }
      expect(findings).toEqual([]);
    },
    LIMIT_MS,
  );
});
