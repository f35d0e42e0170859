import { followingPluginConfig, HAS_SEEDS, luaFieldRows, seed } from "@opendvp/testkit";
import { describe, expect, it } from "vitest";
import { parsePluginConfig } from "../../src/index.ts";

/** The documented config with other values for fields; `undefined` leaves one out. */
function changedConfig(changes: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(changes).reduce(
    (config, [field, value]) => config.replace(new RegExp(`^${field}:.*\n?`, "m"), value === undefined ? "" : `${field}: ${value}\n`),
    followingPluginConfig(),
  );
}

describe.skipIf(!HAS_SEEDS)("what the document on upgrades says of luaName and minimumLuaVersion", () => {
  it("Field Name Required Type Description: there are these two, each Required N, Type string", () => {
    expect(seed("minimumLuaVersion")).toContain("\nField Name Required Type Description\n");
    expect([...luaFieldRows()].map(([field, { required, type }]) => `${field} ${required} ${type}`)).toEqual([
      "luaName N string",
      "minimumLuaVersion N string",
    ]);
  });

  it("Required N: a config without either is accepted, and says of no toolkit that it follows it", () => {
    const { config, warnings } = parsePluginConfig(changedConfig({ luaName: undefined, minimumLuaVersion: undefined }));
    expect(config).not.toHaveProperty("lua");
    expect(warnings.map(({ where }) => where)).toEqual(["hostTypes"]);
  });

  it.each([
    ["luaName", "10", { name: "10", minimumVersion: "1.0" }],
    ["minimumLuaVersion", "2.0", { name: "delphixdb", minimumVersion: "2.0" }],
  ])("%s, Type string: nothing else is accepted, a number without quotes included", (field, text, lua) => {
    for (const value of [text, "true", "[delphixdb]", "[]", "{}", "{ name: delphixdb }"]) {
      expect(() => parsePluginConfig(changedConfig({ [field]: value })), value).toThrow(new RegExp(`${field}: must be a string`));
    }
    expect(parsePluginConfig(changedConfig({ [field]: JSON.stringify(text) })).config.lua).toEqual(lua);
  });
});
