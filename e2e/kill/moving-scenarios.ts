import assert from "node:assert/strict";
import { GONE, ofVdb, SECOND, UNTOUCHED } from "./own-vdb.ts";
import { checkVdb, deleteDsource, deleteVdb, unmount, type Scenario } from "./scenario.ts";
import type { World } from "./world.ts";

// What is wanted somewhere else than where it is: a user has changed its parameters since it was mounted.

const moved = (name: string): string => `${name}-moved`;
const ofDsource = (name: string) => ({ params: { dsourceId: name }, query: { wait: true } });

async function move(world: World, name: string): Promise<void> {
  const parameters = world.datasets.copyParameters(name, world.path(moved(name)));
  await world.client.vdbs.update({ params: { vdbId: name }, body: { appdata_source_params: parameters } });
}

/** A job that has turned back leaves the VDB as it was, at the one place or at the other, but never at both. */
const refresh: Scenario = {
  name: "refresh at a new place",
  workflow: "refresh",
  prepare: async (world, name) => {
    await world.vdb(name);
    await move(world, name);
  },
  ask: (world, name) => world.client.vdbs.refreshBySnapshot({ ...ofVdb(name), body: { snapshot_id: world.secondSnapshot } }),
  check: async (world, name, isDone) => {
    const [at, other] = isDone || (await world.isAlive(moved(name))) ? [moved(name), name] : [name, moved(name)];
    await checkVdb(world, at, isDone ? { ...SECOND, isAlive: true } : UNTOUCHED);
    await checkVdb(world, other, GONE);
  },
  clean: deleteVdb,
};

const start: Scenario = {
  name: "start at a new place",
  workflow: "start",
  prepare: async (world, name) => {
    await world.vdb(name);
    await world.done(world.client.vdbs.stop({ ...ofVdb(name), body: {} }));
    await move(world, name);
  },
  ask: (world, name) => world.client.vdbs.start({ ...ofVdb(name), body: {} }),
  check: async (world, name, isDone) => {
    await checkVdb(world, moved(name), isDone ? UNTOUCHED : GONE);
    await checkVdb(world, name, isDone ? GONE : { ...UNTOUCHED, isAlive: false });
  },
  clean: deleteVdb,
};

/** Of a VDB whose process has died; the engine's next start tries what was cut off again. */
const enable: Scenario = {
  name: "enable at a new place",
  workflow: "enable",
  prepare: async (world, name) => {
    await world.vdb(name);
    await world.endProcess(name);
    await move(world, name);
  },
  ask: (world, name) => world.client.vdbs.enable({ ...ofVdb(name), body: {} }),
  check: async (world, name) => {
    await checkVdb(world, moved(name), UNTOUCHED);
    await checkVdb(world, name, GONE);
  },
  clean: deleteVdb,
};

const mountStopped: Scenario = {
  name: "mount stopped at a new place",
  workflow: "mount-stopped",
  bringsAllBack: true,
  prepare: async (world, name) => {
    await start.prepare(world, name);
    await unmount(world.path(name));
  },
  ask: async (world, name) => {
    await world.engine.restore();
    return { job: await world.latestJob("mount-stopped", name) };
  },
  check: async (world, name) => {
    await checkVdb(world, moved(name), { ...UNTOUCHED, isAlive: false });
    await checkVdb(world, name, GONE);
  },
  clean: deleteVdb,
};

async function movedStaging(world: World, name: string): Promise<void> {
  await world.doneWhole(world.link(name));
  await world.endProcess(name);
  const parameters = world.datasets.linkParameters(world.path(moved(name)));
  await world.client.dsources.update({ params: { dsourceId: name }, body: { parameters } });
}

/** A sync moves the staging copy; its process comes back with the engine's next start. */
const sync: Scenario = {
  name: "sync at a new place",
  workflow: "sync",
  prepare: movedStaging,
  ask: (world, name) => world.client.dsources.sync({ ...ofDsource(name), body: { allow_stop: true } }),
  check: async (world, name) => {
    assert.equal((await world.read(moved(name))).version, "2");
    assert.equal((await world.read(name)).version, undefined);
  },
  clean: deleteDsource,
};

const enableLinked: Scenario = {
  name: "enable dSource at a new place",
  workflow: "enable-linked",
  prepare: movedStaging,
  ask: (world, name) => world.client.dsources.enable(ofDsource(name)),
  check: async (world, name) => {
    assert.ok(await world.isAlive(moved(name)));
    assert.equal((await world.read(name)).version, undefined);
  },
  clean: deleteDsource,
};

export const MOVING_SCENARIOS: readonly Scenario[] = [refresh, start, enable, mountStopped, sync, enableLinked];
