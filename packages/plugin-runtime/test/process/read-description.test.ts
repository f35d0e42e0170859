import type { PluginVersion } from "@opendvp/core";
import type { JsonObject } from "@opendvp/model";
import { expect, test } from "vitest";
import { readDescription } from "../../src/process/read-description.ts";

const plugin = { name: "toy" } as PluginVersion;
const answer = { protocolVersion: 1, operations: [], migrationIds: [], warnings: [] } as const;

test("a host that knows of no Lua migrations may leave them out", () => {
  expect(readDescription(plugin, answer).luaMigrations).toEqual({});
});

test("ids and versions become canonical and come in the order in which they run", () => {
  const luaMigrations = { snapshot: ["1.10", "01.9"], repository: [] };
  expect(readDescription(plugin, { ...answer, migrationIds: ["1.10", "1.9.0"], luaMigrations })).toMatchObject({
    migrationIds: ["1.9", "1.10"],
    luaMigrations: { snapshot: ["1.9", "1.10"] },
  });
});

test.each<[string, JsonObject]>([
  ["are no object", { luaMigrations: ["1.0"] }],
  ["is no kind of object", { luaMigrations: { dataset: ["1.0"] } }],
  ["is no list of texts", { luaMigrations: { snapshot: [1] } }],
  ["is no version of a toolkit", { luaMigrations: { snapshot: ["one"] } }],
  ["two migrations from version 1.0", { luaMigrations: { snapshot: ["1.0", "01.0"] } }],
  ["are the same number", { migrationIds: ["1.2", "1.2.0"] }],
])("an answer that %s is refused with the plugin's name", (why, members) => {
  const read = () => readDescription(plugin, { ...answer, ...members });
  expect(read).toThrow(why);
  expect(read).toThrow(/The plugin toy cannot be used/);
});
