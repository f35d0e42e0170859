import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { checkVdb, deleteVdb, unmount, type Scenario } from "./scenario.ts";
import type { World } from "./world.ts";

const params = (name: string) => ({ params: { vdbId: name }, query: { wait: true } });
const UNTOUCHED = { version: "1", mine: "before", isAlive: true };
const GONE = { version: undefined, mine: undefined, isAlive: false };

/** A VDB of a scenario's own, at the first snapshot, with a file of its own. */
const onVdb = { prepare: (world: World, name: string) => world.vdb(name), clean: deleteVdb };

const provision: Scenario = {
  name: "provision",
  workflow: "provision",
  prepare: () => Promise.resolve(),
  ask: (world, name) =>
    world.client.vdbs.provisionBySnapshot({
      body: {
        name,
        snapshot_id: world.secondSnapshot,
        repository_id: world.repository,
        appdata_source_params: { mountPath: world.path(name) },
      },
    }),
  check: async (world, name, isDone) => {
    assert.equal(await world.exists(name), isDone);
    await checkVdb(world, name, isDone ? { version: "2", mine: undefined, isAlive: true } : GONE);
  },
  clean: deleteVdb,
};

/** From a snapshot whose preparation has failed: it is prepared again first. */
const provisionUnprepared: Scenario = {
  ...provision,
  name: "provision from an unprepared snapshot",
  prepare: async (world, name) => {
    await world.vdb(`${name}-parent`, { failFlag: world.path(`${name}-parent.flag`) });
    await unpreparedSnapshot(world, `${name}-parent`);
  },
  ask: (world, name) =>
    world.client.vdbs.provisionBySnapshot({
      body: {
        name,
        snapshot_id: `${name}-parent-raw`,
        repository_id: world.repository,
        appdata_source_params: { mountPath: world.path(name) },
      },
    }),
  check: async (world, name, isDone) => {
    await checkVdb(world, `${name}-parent`, UNTOUCHED);
    await checkVdb(world, name, isDone ? UNTOUCHED : GONE);
    if (isDone) assert.equal(await world.content(name, ".prepared"), "prepared\n");
  },
  clean: async (world, name) => {
    await deleteVdb(world, name);
    await deleteVdb(world, `${name}-parent`);
  },
};

const createEmpty: Scenario = {
  name: "create empty",
  workflow: "create-empty",
  prepare: () => Promise.resolve(),
  ask: (world, name) =>
    world.client.vdbs.createEmpty({
      body: { name, repository_id: world.repository, appdata_source_params: { mountPath: world.path(name) } },
    }),
  check: async (world, name, isDone) => {
    assert.equal(await world.exists(name), isDone);
    assert.equal(await world.isAlive(name), isDone);
  },
  clean: deleteVdb,
};

const snapshot: Scenario = {
  ...onVdb,
  name: "snapshot",
  workflow: "snapshot",
  ask: (world, name) => world.client.vdbs.snapshot({ ...params(name), body: { allow_stop: true } }),
  check: async (world, name, isDone) => {
    await checkVdb(world, name, UNTOUCHED);
    const { items } = await world.client.vdbs.listSnapshots({ params: { vdbId: name } });
    assert.equal(items.length, isDone ? 2 : 1);
  },
};

const refresh: Scenario = {
  ...onVdb,
  name: "refresh",
  workflow: "refresh",
  ask: (world, name) => world.client.vdbs.refreshBySnapshot({ ...params(name), body: { snapshot_id: world.secondSnapshot } }),
  check: (world, name, isDone) => checkVdb(world, name, isDone ? { version: "2", mine: undefined, isAlive: true } : UNTOUCHED),
};

/** A snapshot of a VDB whose preparation has failed, and could be made good now. */
async function unpreparedSnapshot(world: World, name: string): Promise<void> {
  const flag = world.path(`${name}.flag`);
  await writeFile(flag, "");
  await world.done(world.client.vdbs.snapshot({ ...params(name), body: { name: `${name}-raw`, allow_stop: true } }));
  await world.idle(name);
  await rm(flag);
}

/** To a snapshot of a parent VDB that is prepared again first. */
const refreshUnprepared: Scenario = {
  ...refresh,
  name: "refresh from an unprepared snapshot",
  prepare: async (world, name) => {
    const parent = `${name}-parent`;
    await world.vdb(parent, { failFlag: world.path(`${parent}.flag`) });
    await world.done(
      world.client.vdbs.provisionBySnapshot({
        body: { name, source_data_id: parent, repository_id: world.repository, appdata_source_params: { mountPath: world.path(name) } },
      }),
    );
    await world.idle(name);
    await writeFile(`${world.path(name)}/mine`, "child");
    await unpreparedSnapshot(world, parent);
  },
  ask: (world, name) => world.client.vdbs.refreshBySnapshot({ ...params(name), body: { snapshot_id: `${name}-parent-raw` } }),
  check: async (world, name, isDone) => {
    await checkVdb(world, `${name}-parent`, UNTOUCHED);
    await checkVdb(world, name, isDone ? UNTOUCHED : { version: "1", mine: "child", isAlive: true });
  },
  clean: async (world, name) => {
    await deleteVdb(world, name);
    await deleteVdb(world, `${name}-parent`);
  },
};

/** A second refresh gives up the head of the timeflow before the last. */
const refreshAgain: Scenario = {
  ...refresh,
  name: "second refresh",
  prepare: async (world, name) => {
    await world.vdb(name);
    await world.done(world.client.vdbs.refreshBySnapshot({ ...params(name), body: { snapshot_id: world.firstSnapshot } }));
    await world.idle(name);
    await writeFile(`${world.path(name)}/mine`, "before");
  },
};

const rollback: Scenario = {
  ...onVdb,
  name: "rollback",
  workflow: "rollback",
  prepare: async (world, name) => {
    await world.vdb(name);
    await world.done(world.client.vdbs.snapshot({ ...params(name), body: { allow_stop: true } }));
    await world.idle(name);
    await writeFile(`${world.path(name)}/mine`, "after");
    await writeFile(`${world.path(name)}/version`, "3");
  },
  ask: async (world, name) =>
    world.client.vdbs.rollbackBySnapshot({ ...params(name), body: { snapshot_id: await world.latestSnapshot(name) } }),
  check: (world, name, isDone) => checkVdb(world, name, isDone ? UNTOUCHED : { version: "3", mine: "after", isAlive: true }),
};

/** To a snapshot that is prepared again first. */
const rollbackUnprepared: Scenario = {
  ...rollback,
  name: "rollback to an unprepared snapshot",
  prepare: async (world, name) => {
    await world.vdb(name, { failFlag: world.path(`${name}.flag`) });
    await unpreparedSnapshot(world, name);
    await writeFile(`${world.path(name)}/mine`, "after");
    await writeFile(`${world.path(name)}/version`, "3");
  },
  ask: (world, name) => world.client.vdbs.rollbackBySnapshot({ ...params(name), body: { snapshot_id: `${name}-raw` } }),
};

/** A second rewind gives up the head of the timeflow before the last. */
const rollbackAgain: Scenario = {
  ...rollback,
  name: "second rollback",
  prepare: async (world, name) => {
    await rollback.prepare(world, name);
    await world.done(rollback.ask(world, name));
    await world.idle(name);
    await writeFile(`${world.path(name)}/mine`, "after");
    await writeFile(`${world.path(name)}/version`, "3");
  },
};

const undo: Scenario = {
  ...onVdb,
  name: "undo",
  workflow: "undo",
  prepare: async (world, name) => {
    await world.vdb(name);
    await world.done(world.client.vdbs.refreshBySnapshot({ ...params(name), body: { snapshot_id: world.secondSnapshot } }));
    await world.idle(name);
  },
  ask: (world, name) => world.client.vdbs.undo({ ...params(name), body: {} }),
  check: (world, name, isDone) => checkVdb(world, name, isDone ? UNTOUCHED : { version: "2", mine: undefined, isAlive: true }),
};

const stop: Scenario = {
  ...onVdb,
  name: "stop",
  workflow: "stop",
  ask: (world, name) => world.client.vdbs.stop({ ...params(name), body: {} }),
  // Nothing is called back when it breaks off: the process may be gone, and the engine brings it up again at its start.
  check: (world, name, isDone) => checkVdb(world, name, isDone ? { ...UNTOUCHED, isAlive: false } : UNTOUCHED),
};

const start: Scenario = {
  ...onVdb,
  name: "start",
  workflow: "start",
  prepare: async (world, name) => {
    await world.vdb(name);
    await world.done(world.client.vdbs.stop({ ...params(name), body: {} }));
  },
  ask: (world, name) => world.client.vdbs.start({ ...params(name), body: {} }),
  check: (world, name, isDone) => checkVdb(world, name, { ...UNTOUCHED, isAlive: isDone }),
};

/** Of a stopped VDB that somebody has unmounted. */
const startUnmounted: Scenario = {
  ...start,
  name: "start where nothing is mounted",
  prepare: async (world, name) => {
    await start.prepare(world, name);
    await unmount(world.path(name));
  },
};

const disable: Scenario = {
  ...onVdb,
  name: "disable",
  workflow: "disable",
  ask: (world, name) => world.client.vdbs.disable({ ...params(name), body: {} }),
  check: (world, name, isDone) => checkVdb(world, name, isDone ? GONE : UNTOUCHED),
};

const enable: Scenario = {
  ...onVdb,
  name: "enable",
  workflow: "enable",
  prepare: async (world, name) => {
    await world.vdb(name);
    await world.done(world.client.vdbs.disable({ ...params(name), body: {} }));
  },
  ask: (world, name) => world.client.vdbs.enable({ ...params(name), body: {} }),
  check: (world, name, isDone) => checkVdb(world, name, isDone ? UNTOUCHED : GONE),
};

const remove: Scenario = {
  ...onVdb,
  name: "delete",
  workflow: "delete",
  ask: (world, name) => world.client.vdbs.delete({ ...params(name), body: {} }),
  check: async (world, name, isDone) => {
    assert.equal(await world.exists(name), !isDone);
    await checkVdb(world, name, isDone ? GONE : UNTOUCHED);
  },
};

const deleteSnapshot: Scenario = {
  ...snapshot,
  name: "delete snapshot",
  workflow: "delete-snapshot",
  prepare: async (world, name) => {
    await world.vdb(name);
    await world.done(world.client.vdbs.snapshot({ ...params(name), body: { name: `${name}-snapshot`, allow_stop: true } }));
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

const deleteTimeflow: Scenario = {
  ...onVdb,
  name: "delete timeflow",
  workflow: "delete-timeflow",
  prepare: undo.prepare,
  ask: async (world, name) => {
    const { previous_timeflow_id: former } = await world.client.vdbs.show({ params: { vdbId: name } });
    return world.client.timeflows.delete({ params: { timeflowId: former ?? "" }, query: { wait: true } });
  },
  check: async (world, name, isDone) => {
    await checkVdb(world, name, { version: "2", mine: undefined, isAlive: true });
    const { previous_timeflow_id: former } = await world.client.vdbs.show({ params: { vdbId: name } });
    assert.equal(former === null, isDone);
  },
};

/** The job that follows a snapshot. */
const prepareSnapshot: Scenario = {
  ...onVdb,
  name: "prepare snapshot",
  workflow: "prepare-snapshot",
  ask: async (world, name) => {
    await world.done(world.client.vdbs.snapshot({ ...params(name), body: { allow_stop: true } }));
    return { job: await world.latestJob("prepare-snapshot", name) };
  },
  check: async (world, name, isDone) => {
    await checkVdb(world, name, UNTOUCHED);
    const { items } = await world.client.vdbs.listSnapshots({ params: { vdbId: name } });
    const latest = [...items].sort((a, b) => a.timestamp.localeCompare(b.timestamp)).at(-1);
    assert.equal(latest?.preparation, isDone ? "DONE" : "FAILED");
  },
};

/** A stopped VDB whose mount is gone, as after a reboot. */
const mountStopped: Scenario = {
  ...onVdb,
  name: "mount stopped",
  workflow: "mount-stopped",
  prepare: async (world, name) => {
    await start.prepare(world, name);
    await unmount(world.path(name));
  },
  ask: async (world, name) => {
    await world.engine.restore();
    return { job: await world.latestJob("mount-stopped", name) };
  },
  // Undone at a start of the engine, it is tried again by the same start.
  check: (world, name) => checkVdb(world, name, { ...UNTOUCHED, isAlive: false }),
};

export const VIRTUAL_SCENARIOS: readonly Scenario[] = [
  provision,
  provisionUnprepared,
  createEmpty,
  snapshot,
  refresh,
  refreshUnprepared,
  refreshAgain,
  rollback,
  rollbackUnprepared,
  rollbackAgain,
  undo,
  stop,
  start,
  startUnmounted,
  disable,
  enable,
  remove,
  deleteSnapshot,
  deleteTimeflow,
  prepareSnapshot,
  mountStopped,
];
