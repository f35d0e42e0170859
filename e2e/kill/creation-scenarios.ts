import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { GONE, SECOND, unpreparedSnapshot, UNTOUCHED } from "./own-vdb.ts";
import { checkVdb, deleteVdb, type Scenario } from "./scenario.ts";

const provision: Scenario = {
  name: "provision",
  workflow: "provision",
  prepare: () => Promise.resolve(),
  ask: (world, name) => world.provision(name, world.secondSnapshot),
  check: async (world, name, isDone) => {
    assert.equal(await world.exists(name), isDone);
    await checkVdb(world, name, isDone ? { ...SECOND, isAlive: true } : GONE);
  },
  clean: deleteVdb,
};

/** From a snapshot whose preparation has failed: it is prepared again first. */
const provisionUnprepared: Scenario = {
  ...provision,
  name: "provision from an unprepared snapshot",
  onlyWith: "probe",
  prepare: async (world, name) => {
    await world.vdb(`${name}-parent`, { failFlag: world.path(`${name}-parent.flag`) });
    await unpreparedSnapshot(world, `${name}-parent`);
  },
  ask: (world, name) => world.provision(name, `${name}-parent-raw`),
  check: async (world, name, isDone) => {
    await checkVdb(world, `${name}-parent`, UNTOUCHED);
    await checkVdb(world, name, isDone ? UNTOUCHED : GONE);
    if (isDone) assert.equal(await readFile(join(world.path(name), ".prepared"), "utf8"), "prepared\n");
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
  ask: (world, name) => world.client.vdbs.createEmpty({ body: world.newVdb(name) }),
  check: async (world, name, isDone) => {
    assert.equal(await world.exists(name), isDone);
    assert.equal(await world.isAlive(name), isDone);
  },
  clean: deleteVdb,
};

export const CREATION_SCENARIOS: readonly Scenario[] = [provision, provisionUnprepared, createEmpty];
