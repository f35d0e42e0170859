import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";
import type { World } from "./world.ts";

const create = (world: World, name: string) =>
  world.client.environments.create({ body: { name, hostname: "localhost", username: world.user } });

async function exists(world: World, name: string): Promise<boolean> {
  return (await world.client.environments.search({ body: { filter_expression: `name EQ '${name}'` } })).items.length > 0;
}

async function repositoriesOf(world: World, name: string): Promise<number> {
  const { items } = await world.client.repositories.search({ body: { filter_expression: `environment_name EQ '${name}'` } });
  return items.length;
}

async function remove(world: World, name: string): Promise<void> {
  if (await exists(world, name))
    await world.done(world.client.environments.delete({ params: { environmentId: name }, query: { wait: true } }));
}

const createEnvironment: Scenario = {
  name: "create environment",
  workflow: "create-environment",
  prepare: () => Promise.resolve(),
  ask: create,
  check: async (world, name, isDone) => {
    assert.equal(await exists(world, name), isDone);
    assert.equal(await repositoriesOf(world, name), isDone ? world.repositories : 0);
  },
  clean: remove,
};

const existing = {
  prepare: async (world: World, name: string) => {
    await world.done(create(world, name));
  },
  clean: remove,
};

const discover: Scenario = {
  ...existing,
  name: "discover",
  workflow: "discover",
  ask: (world, name) => world.client.environments.refresh({ params: { environmentId: name } }),
  check: async (world, name) => assert.equal(await repositoriesOf(world, name), world.repositories),
};

const deleteEnvironment: Scenario = {
  ...existing,
  name: "delete environment",
  workflow: "delete-environment",
  ask: (world, name) => world.client.environments.delete({ params: { environmentId: name }, query: { wait: true } }),
  check: async (world, name, isDone) => assert.equal(await exists(world, name), !isDone),
};

export const ENVIRONMENT_SCENARIOS: readonly Scenario[] = [createEnvironment, discover, deleteEnvironment];
