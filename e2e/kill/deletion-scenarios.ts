import assert from "node:assert/strict";
import { GONE, ofVdb, onVdb, refreshedVdb, SECOND, UNTOUCHED } from "./own-vdb.ts";
import { checkVdb, type Scenario } from "./scenario.ts";

const remove: Scenario = {
  ...onVdb,
  name: "delete",
  workflow: "delete",
  ask: (world, name) => world.client.vdbs.delete({ ...ofVdb(name), body: {} }),
  check: async (world, name, isDone) => {
    assert.equal(await world.exists(name), !isDone);
    await checkVdb(world, name, isDone ? GONE : UNTOUCHED);
  },
};

const deleteTimeflow: Scenario = {
  ...onVdb,
  name: "delete timeflow",
  workflow: "delete-timeflow",
  prepare: refreshedVdb,
  ask: async (world, name) => {
    const { previous_timeflow_id: former } = await world.client.vdbs.show({ params: { vdbId: name } });
    return world.client.timeflows.delete({ params: { timeflowId: former ?? "" }, query: { wait: true } });
  },
  check: async (world, name, isDone) => {
    await checkVdb(world, name, { ...SECOND, isAlive: true });
    const { previous_timeflow_id: former } = await world.client.vdbs.show({ params: { vdbId: name } });
    assert.equal(former === null, isDone);
  },
};

export const DELETION_SCENARIOS: readonly Scenario[] = [remove, deleteTimeflow];
