import { ofVdb, onVdb, refreshedVdb, SECOND, unpreparedSnapshot, UNTOUCHED } from "./own-vdb.ts";
import { checkVdb, deleteVdb, type Scenario } from "./scenario.ts";

const refresh: Scenario = {
  ...onVdb,
  name: "refresh",
  workflow: "refresh",
  ask: (world, name) => world.client.vdbs.refreshBySnapshot({ ...ofVdb(name), body: { snapshot_id: world.secondSnapshot } }),
  check: (world, name, isDone) => checkVdb(world, name, isDone ? { ...SECOND, isAlive: true } : UNTOUCHED),
};

/** To a snapshot of a parent VDB that is prepared again first. */
const refreshUnprepared: Scenario = {
  ...refresh,
  name: "refresh from an unprepared snapshot",
  onlyWith: "probe",
  prepare: async (world, name) => {
    const parent = `${name}-parent`;
    await world.vdb(parent, { failFlag: world.path(`${parent}.flag`) });
    await world.done(world.client.vdbs.provisionBySnapshot({ body: { ...world.newVdb(name), source_data_id: parent } }));
    await world.idle(name);
    await world.write(name, { mine: "child" });
    await unpreparedSnapshot(world, parent);
  },
  ask: (world, name) => world.client.vdbs.refreshBySnapshot({ ...ofVdb(name), body: { snapshot_id: `${name}-parent-raw` } }),
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
    await world.done(world.client.vdbs.refreshBySnapshot({ ...ofVdb(name), body: { snapshot_id: world.firstSnapshot } }));
    await world.idle(name);
    await world.write(name, { mine: "before" });
  },
};

const rollback: Scenario = {
  ...onVdb,
  name: "rollback",
  workflow: "rollback",
  prepare: async (world, name) => {
    await world.vdb(name);
    await world.done(world.client.vdbs.snapshot({ ...ofVdb(name), body: { allow_stop: true } }));
    await world.idle(name);
    await world.write(name, { mine: "after", version: "3" });
  },
  ask: async (world, name) =>
    world.client.vdbs.rollbackBySnapshot({ ...ofVdb(name), body: { snapshot_id: await world.latestSnapshot(name) } }),
  check: (world, name, isDone) => checkVdb(world, name, isDone ? UNTOUCHED : { version: "3", mine: "after", isAlive: true }),
};

/** To a snapshot that is prepared again first. */
const rollbackUnprepared: Scenario = {
  ...rollback,
  name: "rollback to an unprepared snapshot",
  onlyWith: "probe",
  prepare: async (world, name) => {
    await world.vdb(name, { failFlag: world.path(`${name}.flag`) });
    await unpreparedSnapshot(world, name);
    await world.write(name, { mine: "after", version: "3" });
  },
  ask: (world, name) => world.client.vdbs.rollbackBySnapshot({ ...ofVdb(name), body: { snapshot_id: `${name}-raw` } }),
};

/** A second rewind gives up the head of the timeflow before the last. */
const rollbackAgain: Scenario = {
  ...rollback,
  name: "second rollback",
  prepare: async (world, name) => {
    await rollback.prepare(world, name);
    await world.done(rollback.ask(world, name));
    await world.idle(name);
    await world.write(name, { mine: "after", version: "3" });
  },
};

const undo: Scenario = {
  ...onVdb,
  name: "undo",
  workflow: "undo",
  prepare: refreshedVdb,
  ask: (world, name) => world.client.vdbs.undo({ ...ofVdb(name), body: {} }),
  check: (world, name, isDone) => checkVdb(world, name, isDone ? UNTOUCHED : { ...SECOND, isAlive: true }),
};

export const SWITCHING_SCENARIOS: readonly Scenario[] = [
  refresh,
  refreshUnprepared,
  refreshAgain,
  rollback,
  rollbackUnprepared,
  rollbackAgain,
  undo,
];
