import type { Clock, PluginRelease } from "@opendvp/core";
import type { JsonObject } from "@opendvp/model";
import { EXAMPLES } from "@opendvp/testkit";
import { expect, test, vi } from "vitest";
import { migrateAll } from "../../src/plugins/migration/migrate-all.ts";
import { Migrator, type MigratorParts, type MigratorScope } from "../../src/plugins/migration/migrator.ts";
import { mustFitAsIs } from "../../src/plugins/migration/must-fit-as-is.ts";
import type { StoredValue } from "../../src/plugins/migration/stored-value.ts";
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
  return { runtime, artifacts, definitions, timeLimits: DEFAULT_TIME_LIMITS, clock, objects: catalog.objects } satisfies MigratorParts &
    object;
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

test("ten thousand honest values are checked in seconds", async () => {
  const bench = await upgradeBench();
  const scope: MigratorScope = { release, processName: "p", signal: new AbortController().signal, logSubject: "x" };
  const migrator = new Migrator(partsOf(bench), scope);
  const value: StoredValue = {
    kind: "snapshot",
    object: dSourceSnapshot.reference,
    objectName: "monday",
    what: "Snapshot monday",
    plugin,
    data: bench.sealed(SNAPSHOT, { size: 1, name: "monday", key: "tiger" }),
    store: (data) => ({ collection: "snapshots", update: dSourceSnapshot.reference, set: { data } }),
  };
  const beganAt = performance.now();
  for (let count = 0; count < 10_000; count += 1) await migrator.migrate(value);
  expect(performance.now() - beganAt).toBeLessThan(15_000);
  expect(migrator.spent).toBeUndefined();
});

/** A clock by which each check takes ten seconds. */
function slowClock(): () => number {
  let nowMs = 0;
  return () => (nowMs += 10_000);
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
