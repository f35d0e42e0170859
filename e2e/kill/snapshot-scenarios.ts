import assert from "node:assert/strict";
import { ofVdb, onVdb, UNTOUCHED } from "./own-vdb.ts";
import { checkCopyOf, checkVdb, type Scenario } from "./scenario.ts";

const snapshot: Scenario = {
  ...onVdb,
  name: "snapshot",
  workflow: "snapshot",
  ask: (world, name) => world.client.vdbs.snapshot({ ...ofVdb(name), body: { allow_stop: true } }),
  check: async (world, name, isDone) => {
    await checkVdb(world, name, UNTOUCHED);
    const { items } = await world.client.vdbs.listSnapshots({ params: { vdbId: name } });
    assert.equal(items.length, isDone ? 2 : 1);
    if (isDone) await checkCopyOf(world, name, UNTOUCHED);
  },
};

/** The job that follows a snapshot; where it has failed, whoever makes a copy does its work. */
const prepareSnapshot: Scenario = {
  ...onVdb,
  name: "prepare snapshot",
  workflow: "prepare-snapshot",
  ask: async (world, name) => {
    await world.done(world.client.vdbs.snapshot({ ...ofVdb(name), body: { allow_stop: true } }));
    return { job: await world.latestJob("prepare-snapshot", name) };
  },
  check: async (world, name, isDone) => {
    await checkVdb(world, name, UNTOUCHED);
    const { items } = await world.client.vdbs.listSnapshots({ params: { vdbId: name } });
    const latest = [...items].sort((a, b) => a.timestamp.localeCompare(b.timestamp)).at(-1);
    assert.equal(latest?.preparation, isDone ? "DONE" : "FAILED");
    await checkCopyOf(world, name, UNTOUCHED);
  },
};

const deleteSnapshot: Scenario = {
  ...snapshot,
  name: "delete snapshot",
  workflow: "delete-snapshot",
  prepare: async (world, name) => {
    await world.vdb(name);
    await world.done(world.client.vdbs.snapshot({ ...ofVdb(name), body: { name: `${name}-snapshot`, allow_stop: true } }));
    await world.idle(name);
  },
  targetOf: (name) => `${name}-snapshot`,
  ask: (world, name) => world.client.snapshots.delete({ params: { snapshotId: `${name}-snapshot` }, query: { wait: true } }),
  check: async (world, name, isDone) => {
    await checkVdb(world, name, UNTOUCHED);
    const { items } = await world.client.vdbs.listSnapshots({ params: { vdbId: name } });
    assert.equal(items.length, isDone ? 1 : 2);
  },
};

export const SNAPSHOT_SCENARIOS: readonly Scenario[] = [snapshot, prepareSnapshot, deleteSnapshot];
