import { describe, expect, it } from "vitest";
import { checkSchemas, createSchemaValidator, parsePluginConfig, type Json, type JsonObject } from "../src/index.ts";
import { followingPluginConfig, HAS_SEEDS, seed } from "@opendvp/testkit";
import { validSchemas } from "./schemas/valid-schemas.ts";

describe.skipIf(!HAS_SEEDS)("the seed documents", () => {
  const schemas = (): readonly JsonObject[] => {
    const blocks = [...seed("# Plugin Operations").matchAll(/```json\n(.*?)```/gs)].map(
      (match) => JSON.parse(match[1] ?? "") as JsonObject,
    );
    expect(blocks).toHaveLength(4);
    return blocks;
  };

  it("show schemas for repositories and source configs that are accepted, nameField in a list included", () => {
    for (const block of schemas()) {
      expect(Array.isArray(block["nameField"])).toBe(true);
      const checked = checkSchemas(validSchemas({ repositoryDefinition: block, sourceConfigDefinition: block }) as JsonObject);
      expect(checked.repository.identityFields).toEqual(block["identityFields"]);
      expect([checked.sourceConfig.nameField]).toEqual(block["nameField"]);
    }
  });

  it("say what is accepted by them: nothing of another 'type', nothing more where 'additionalProperties' is false, nothing 'required' left out", () => {
    for (const block of schemas()) {
      const properties = Object.entries(block["properties"] as Readonly<Record<string, { readonly type: string }>>);
      const valid = Object.fromEntries(properties.map(([name, { type }]) => [name, type === "number" ? 10_000.5 : "text"]));
      const keywordsOf = (value: Json) => createSchemaValidator(block)(value).map(({ keyword }) => keyword);
      expect(keywordsOf(valid)).toEqual([]);
      expect(keywordsOf({ ...valid, extra: 1 })).toEqual(["additionalProperties"]);
      expect(keywordsOf([valid])).toEqual(["type"]);
      for (const name of Object.keys(valid)) expect(keywordsOf({ ...valid, [name]: [] })).toEqual(["type"]);
      expect(keywordsOf({})).toEqual(block["required"] === undefined ? [] : ["required"]);
    }
  });

  it("show a config of a plugin that follows a toolkit, and it is accepted", () => {
    const parsed = parsePluginConfig(followingPluginConfig());
    expect(parsed.config).toMatchObject({
      name: "DelphixDB",
      lua: { name: "delphixdb", minimumVersion: "1.0" },
      language: "PYTHON27",
      pluginType: "STAGED",
      entryPoint: "plugin_runner:plugin",
      buildNumber: "2",
      hostTypes: ["UNIX"],
    });
    expect(parsed.warnings.map(({ where }) => where)).toEqual(["hostTypes"]);
  });
});

describe("the same in our own words", () => {
  it("a nameField in a list of one is normalised", () => {
    const repository = { type: "object", properties: { home: { type: "string" } }, identityFields: ["home"], nameField: ["home"] };
    expect(checkSchemas(validSchemas({ repositoryDefinition: repository }) as JsonObject).repository.nameField).toBe("home");
  });

  it("a config without hostTypes that follows a toolkit is accepted with a warning", () => {
    const lines = ["id: 7d5cc0b1-35e8-4a4b-8ef8-1f0f4d1cc0aa", "luaName: acme-db", 'minimumLuaVersion: "3.1"', "language: PYTHON38"];
    const rest = ["pluginType: DIRECT", "entryPoint: main:plugin", "srcDir: code", "schemaFile: schemas.json", "buildNumber: 4.0.1"];
    const { config, warnings } = parsePluginConfig([...lines, ...rest].join("\n"));
    expect(config).toMatchObject({ hostTypes: ["UNIX"], lua: { name: "acme-db", minimumVersion: "3.1" }, buildNumber: "4.0.1" });
    expect(warnings).toHaveLength(1);
  });
});
