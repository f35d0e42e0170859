import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Job } from "@opendvp/contract";
import { EngineError, type JsonObject } from "@opendvp/model";
import { buildPlugin } from "@opendvp/plugin-tools";
import { notesToolkit } from "./notes-toolkit.ts";
import type { Scenario } from "./scenario.ts";
import type { World } from "./world.ts";

type Version = "v1" | "v2";
/** What is installed before: version 1 of the plugin, or the toolkit that version 2 names as its lower version. */
type Former = "PLUGIN" | "TOOLKIT";

const built = new Map<Version, Promise<JsonObject>>();

/** One version of the plugin of the tests of upgrades, as a plugin of its own under the scenario's name. */
async function artifact(world: World, version: Version, name: string): Promise<JsonObject> {
  const building = built.get(version) ?? build(world, version);
  built.set(version, building);
  const digest = createHash("sha256").update(`${world.directory} ${name}`).digest("hex");
  const pluginId = [digest.slice(0, 8), digest.slice(8, 12), `4${digest.slice(13, 16)}`, `8${digest.slice(17, 20)}`, digest.slice(20, 32)];
  return { ...(await building), name, pluginId: pluginId.join("-") };
}

function uploaded({ client }: World, content: JsonObject) {
  return client.plugins.upload({ body: new TextEncoder().encode(JSON.stringify(content)) });
}

async function build({ directory }: World, version: Version): Promise<JsonObject> {
  const configFile = fileURLToPath(new URL(`../plugins-upgrade/notes-plugin/${version}/plugin_config.yml`, import.meta.url));
  const artifactFile = join(directory, `notes-${version}.json`);
  await buildPlugin({ configFile, artifactFile, typeCheck: false });
  return JSON.parse(await readFile(artifactFile, "utf8")) as JsonObject;
}

async function pluginOf({ client }: Pick<World, "client">, name: string) {
  const { items } = await client.plugins.search({ body: { filter_expression: `name EQ '${name}'` } });
  return items[0];
}

async function repositoryOf({ client }: World, name: string) {
  const { id = "" } = (await pluginOf({ client }, name)) ?? {};
  const { items } = await client.repositories.search({ body: { filter_expression: `environment_name EQ '${name}'` } });
  return items.find(({ toolkit_id }) => toolkit_id === id);
}

async function upgrade(world: World, name: string, former: Former): Promise<{ readonly job: Job }> {
  const successor = former === "TOOLKIT" ? { luaName: name, minimumLuaVersion: "1.0" } : {};
  const { job } = await uploaded(world, { ...(await artifact(world, "v2", name)), ...successor });
  if (job === null) throw new Error(`Nothing was there for ${name} to upgrade.`);
  return { job };
}

/** The environments of others in the round go at the same time, and each holds every plugin for that long. */
async function deletePlugin(world: World, pluginId: string): Promise<void> {
  for (;;) {
    try {
      await world.client.plugins.delete({ params: { pluginId } });
      return;
    } catch (error) {
      const { code, details } = EngineError.from(error);
      if (code !== "CONFLICT" || typeof details["job"] !== "string") throw error;
      await world.ended(details["job"]);
    }
  }
}

const upgradeOf = (former: Former): Scenario => ({
  name: `upgrade ${former.toLowerCase()}`,
  workflow: "plugin-upgrade",
  keepsToItself: true,
  prepare: async (world, name) => {
    await uploaded(world, former === "TOOLKIT" ? notesToolkit(name) : await artifact(world, "v1", name));
    await world.done(world.client.environments.create({ body: { name, hostname: "localhost", username: world.user } }));
    const { id: repository_id = "" } = (await repositoryOf(world, name)) ?? {};
    await world.client.sources.add({ body: { repository_id, parameters: { path: world.path(name) } } });
  },
  ask: (world, name) => upgrade(world, name, former),
  check: async (world, name, isDone) => {
    const { kind, build_number } = (await pluginOf(world, name)) ?? {};
    assert.deepEqual([kind, build_number], isDone ? ["PLUGIN", "2"] : [former, former === "TOOLKIT" ? "1.0.0" : "1"]);
    const { id = "", parameters } = (await repositoryOf(world, name)) ?? {};
    assert.deepEqual(parameters, isDone ? { name: "Notes", edition: 2 } : { name: "Notes" });
    const { items } = await world.client.sources.search({ body: { filter_expression: `repository EQ '${id}'` } });
    const path = world.path(name);
    assert.deepEqual(
      items.map((source) => source.parameters),
      [isDone ? { path, title: path } : { path }],
    );
  },
  clean: async (world, name) => {
    await world.idle(name);
    const { items } = await world.client.environments.search({ body: { filter_expression: `name EQ '${name}'` } });
    if (items.length > 0) await world.done(world.client.environments.delete({ params: { environmentId: name }, query: { wait: true } }));
    const plugin = await pluginOf(world, name);
    if (plugin !== undefined) await deletePlugin(world, plugin.id);
  },
});

export const PLUGIN_SCENARIOS: readonly Scenario[] = [upgradeOf("PLUGIN"), upgradeOf("TOOLKIT")];
