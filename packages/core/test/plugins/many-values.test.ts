import type { Clock, PluginRelease } from "@opendvp/core";
import type { JsonObject } from "@opendvp/model";
import { EXAMPLES } from "@opendvp/testkit";
import { expect, test, vi } from "vitest";
import { CheckBudget } from "../../src/plugins/migration/check-budget.ts";
import { migrateAll } from "../../src/plugins/migration/migrate-all.ts";
import type { MigratorParts } from "../../src/plugins/migration/migrator.ts";
import { mustFitAsIs } from "../../src/plugins/migration/must-fit-as-is.ts";
import { DEFAULT_TIME_LIMITS } from "../../src/settings/core-settings.ts";
import { TOY_SCHEMAS } from "../bench/toy-artifact.ts";
import { upgradeBench, type UpgradeBench } from "../bench/upgrade-bench.ts";

const { plugin, dSourceSnapshot } = EXAMPLES;
const REAL: Pick<Clock, "monotonicMs"> = { monotonicMs: () => performance.now() };

/** What every snapshot is checked against: an honest schema. */
const SNAPSHOT: JsonObject = {
  type: "object",
  required: ["size"],
  properties: { size: { type: "integer" }, name: { type: "string", pattern: "^[a-z]+$" }, key: { type: "string", format: "password" } },
};
const release: PluginRelease = {
  ...plugin,
  schemas: { ...TOY_SCHEMAS, snapshotDefinition: SNAPSHOT },
  migrationIds: ["1"],
  artifact: "2".repeat(64),
};

function partsOf({ runtime, artifacts, definitions, catalog }: UpgradeBench, clock = REAL) {
  const parts: MigratorParts = { runtime, artifacts, definitions, timeLimits: DEFAULT_TIME_LIMITS, clock };
  return { ...parts, objects: catalog.objects };
}

/** The example snapshot, and as many more. */
async function withSnapshots(count: number): Promise<UpgradeBench> {
  const data = { size: 1, name: "monday" };
  const bench = await upgradeBench([{ collection: "snapshots", update: dSourceSnapshot.reference, set: { data } }]);
  const more = Array.from({ length: count }, (_, index) => ({
    ...dSourceSnapshot,
    reference: `APPDATA_SNAPSHOT-${100 + index}` as const,
    guid: `guid-${index}`,
    storageName: `s${index}`,
    name: `s${index}`,
    data,
  }));
  await bench.apply(...more.map((insert) => ({ collection: "snapshots", insert }) as const));
  return bench;
}

test("values that no migration changes do not keep the engine from anything else", async () => {
  const bench = await withSnapshots(500);
  const installed = { ...plugin, schemas: TOY_SCHEMAS };
  let turns = 0;
  const others = setInterval(() => (turns += 1), 0);
  try {
    await mustFitAsIs(partsOf(bench), release, [installed]);
  } finally {
    clearInterval(others);
  }
  expect(turns).toBeGreaterThan(5);
});

test("whoever gives up on an upgrade is heard between any two values", async () => {
  const bench = await withSnapshots(100);
  const giveUp = new AbortController();
  let done = 0;
  const progress = (): void => {
    done += 1;
    if (done === 1) setImmediate(() => giveUp.abort(new Error("enough")));
  };
  const scope = { release, processName: "p", signal: giveUp.signal, logSubject: "x", progress };
  await expect(migrateAll(partsOf(bench), scope, [plugin])).rejects.toThrow("enough");
  expect(done).toBeLessThan(5);
});

test("however many honest values there are, they may all be checked", () => {
  let nowMs = 0;
  const budget = new CheckBudget({ monotonicMs: () => nowMs }, release);
  for (let count = 0; count < 1_000_000; count += 1) budget.spend(() => (nowMs += 5));
  expect(budget.isSpent).toBe(false);
});

/** A clock by which each check takes ten seconds. */
function slowClock(): () => number {
  let nowMs = 0;
  return () => (nowMs += 10_010);
}

test("what all checks of an upgrade take together has an end", async () => {
  const bench = await withSnapshots(10);
  const scope = { release, processName: "p", signal: new AbortController().signal, logSubject: "x", progress: () => undefined };
  const tooLong = { code: "PLUGIN_LIMIT", details: { limit: "schema checks", limitMs: 30_000 } };
  await expect(migrateAll(partsOf(bench, { monotonicMs: slowClock() }), scope, [plugin])).rejects.toMatchObject({
    ...tooLong,
    message: "Objects cannot be checked against the schemas of directory 1.0: all together take longer than 30 s.",
  });
  vi.spyOn(bench.jobs.clock, "monotonicMs").mockImplementation(slowClock());
  const preview = await bench.preview({ migrationIds: ["1"], schemas: { snapshotDefinition: SNAPSHOT } });
  expect(preview).toMatchObject({ error: tooLong });
  expect(preview.values).toHaveLength(3);
});
