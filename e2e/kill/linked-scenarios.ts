import assert from "node:assert/strict";
import { SECOND } from "./own-vdb.ts";
import { checkCopyOf, deleteDsource, unmount, type Scenario } from "./scenario.ts";
import type { World } from "./world.ts";

const params = (name: string) => ({ params: { dsourceId: name }, query: { wait: true } });

async function linked(world: World, name: string): Promise<void> {
  await world.doneWhole(world.link(name));
}

async function snapshotsOf(world: World, name: string): Promise<number> {
  return (await world.client.dsources.listSnapshots({ params: { dsourceId: name } })).items.length;
}

async function isLinked(world: World, name: string): Promise<boolean> {
  return (await world.client.dsources.search({ body: { filter_expression: `name EQ '${name}'` } })).items.length > 0;
}

const linkScenario: Scenario = {
  name: "link",
  workflow: "link",
  prepare: () => Promise.resolve(),
  ask: (world, name) => world.link(name),
  check: async (world, name, isDone) => {
    assert.equal(await isLinked(world, name), isDone);
    assert.equal(await world.isAlive(name), isDone);
    // A first sync that was given up leaves the dSource, and a sync makes good for it.
    if (isDone && (await snapshotsOf(world, name)) === 0)
      await world.done(world.client.dsources.sync({ ...params(name), body: { allow_stop: true } }));
    if (!isDone) return;
    assert.equal(await snapshotsOf(world, name), 1);
    await checkCopyOf(world, name, SECOND);
  },
  clean: deleteDsource,
};

const onDsource = { prepare: linked, clean: deleteDsource };

async function checkSynced(world: World, name: string, isDone: boolean): Promise<void> {
  assert.equal(await snapshotsOf(world, name), isDone ? 2 : 1);
  assert.equal((await world.read(name)).version, "2");
  if (isDone) await checkCopyOf(world, name, SECOND);
}

const sync: Scenario = {
  ...onDsource,
  name: "sync",
  workflow: "sync",
  ask: (world, name) => world.client.dsources.sync({ ...params(name), body: { allow_stop: true } }),
  check: async (world, name, isDone) => {
    await checkSynced(world, name, isDone);
    assert.equal(await world.isAlive(name), true);
  },
};

/** Of a staging copy that somebody has unmounted. */
const syncUnmounted: Scenario = {
  ...sync,
  name: "sync where nothing is mounted",
  prepare: async (world, name) => {
    await linked(world, name);
    await world.endProcess(name);
    await unmount(world.path(name));
  },
  // The sync mounts, and no more; a start of the engine brings the staging copy's process back as well.
  check: checkSynced,
};

const disable: Scenario = {
  ...onDsource,
  name: "disable dSource",
  workflow: "disable-linked",
  ask: (world, name) => world.client.dsources.disable({ ...params(name), body: {} }),
  check: async (world, name, isDone) => assert.equal(await world.isAlive(name), !isDone),
};

const enable: Scenario = {
  ...onDsource,
  name: "enable dSource",
  workflow: "enable-linked",
  prepare: async (world, name) => {
    await linked(world, name);
    await world.done(world.client.dsources.disable({ ...params(name), body: {} }));
  },
  ask: (world, name) => world.client.dsources.enable(params(name)),
  check: async (world, name, isDone) => assert.equal(await world.isAlive(name), isDone),
};

const remove: Scenario = {
  ...onDsource,
  name: "delete dSource",
  workflow: "delete-linked",
  ask: (world, name) => world.client.dsources.delete({ query: { wait: true }, body: { dsource_id: name } }),
  check: async (world, name, isDone) => {
    assert.equal(await isLinked(world, name), !isDone);
    assert.equal(await world.isAlive(name), !isDone);
  },
};

/** Off its host, as at the end of an engine: the next start brings it back. */
const takeDown: Scenario = {
  ...onDsource,
  name: "take down dSource",
  workflow: "take-down-linked",
  ask: async (world, name) => {
    await world.engine.takeDown(name);
    return { job: await world.latestJob("take-down-linked", name) };
  },
  check: broughtBack,
  clean: async (world, name) => {
    await broughtBack(world, name);
    await deleteDsource(world, name);
  },
};

async function broughtBack(world: World, name: string): Promise<void> {
  await world.engine.restore();
  await world.idle(name);
  assert.ok(await world.isAlive(name));
}

export const LINKED_SCENARIOS: readonly Scenario[] = [linkScenario, sync, syncUnmounted, disable, enable, remove, takeDown];
