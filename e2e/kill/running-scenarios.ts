import { GONE, ofVdb, onVdb, UNTOUCHED } from "./own-vdb.ts";
import { checkVdb, deleteVdb, unmount, type Scenario } from "./scenario.ts";
import type { World } from "./world.ts";

const stop: Scenario = {
  ...onVdb,
  name: "stop",
  workflow: "stop",
  ask: (world, name) => world.client.vdbs.stop({ ...ofVdb(name), body: {} }),
  // Nothing is called back when it breaks off: the process may be gone, and the engine brings it up again at its start.
  check: (world, name, isDone) => checkVdb(world, name, isDone ? { ...UNTOUCHED, isAlive: false } : UNTOUCHED),
};

const start: Scenario = {
  ...onVdb,
  name: "start",
  workflow: "start",
  prepare: async (world, name) => {
    await world.vdb(name);
    await world.done(world.client.vdbs.stop({ ...ofVdb(name), body: {} }));
  },
  ask: (world, name) => world.client.vdbs.start({ ...ofVdb(name), body: {} }),
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
  ask: (world, name) => world.client.vdbs.disable({ ...ofVdb(name), body: {} }),
  check: (world, name, isDone) => checkVdb(world, name, isDone ? GONE : UNTOUCHED),
};

const enable: Scenario = {
  ...onVdb,
  name: "enable",
  workflow: "enable",
  prepare: async (world, name) => {
    await world.vdb(name);
    await world.done(world.client.vdbs.disable({ ...ofVdb(name), body: {} }));
  },
  ask: (world, name) => world.client.vdbs.enable({ ...ofVdb(name), body: {} }),
  check: (world, name, isDone) => checkVdb(world, name, isDone ? UNTOUCHED : GONE),
};

/** A stopped VDB whose mount is gone, as after a reboot. */
const mountStopped: Scenario = {
  ...onVdb,
  name: "mount stopped",
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
  // Undone at a start of the engine, it is tried again by the same start.
  check: (world, name) => checkVdb(world, name, { ...UNTOUCHED, isAlive: false }),
};

/** Off its host, as at the end of an engine: the next start brings it back. */
const takeDown: Scenario = {
  ...onVdb,
  name: "take down",
  workflow: "take-down",
  ask: async (world, name) => {
    await world.engine.takeDown(name);
    return { job: await world.latestJob("take-down", name) };
  },
  check: broughtBack,
  clean: async (world, name) => {
    await broughtBack(world, name);
    await deleteVdb(world, name);
  },
};

async function broughtBack(world: World, name: string): Promise<void> {
  await world.engine.restore();
  await world.idle(name);
  await checkVdb(world, name, UNTOUCHED);
}

export const RUNNING_SCENARIOS: readonly Scenario[] = [stop, start, startUnmounted, disable, enable, mountStopped, takeDown];
