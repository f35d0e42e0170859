import { checkSchemas, createSchemaValidator, type JsonObject } from "@opendvp/model";
import { describe, expect, it } from "vitest";
import { sampleObject } from "../../src/life-cycle/sample-value.ts";
import { fillIn } from "../../src/life-cycle/test-values.ts";
import { readTestValues } from "../../src/index.ts";
import { PluginSandbox } from "../plugin-sandbox.ts";

describe("the values of a life-cycle test", () => {
  it.each(["DIRECT", "STAGED"] as const)("that a new %s plugin brings along fit its schemas", async (strategy) => {
    await using sandbox = await PluginSandbox.withPlugin(strategy);
    const values = await readTestValues(sandbox.path("dvp_test.json"));
    const { schemas } = checkSchemas(JSON.parse(await sandbox.read("schema.json")) as JsonObject);
    const places = { work: "/tmp/x", name: "copy" };
    for (const [name, definition] of [
      ["sourceConfig", "sourceConfigDefinition"],
      ["linkedSource", "linkedSourceDefinition"],
      ["virtualSource", "virtualSourceDefinition"],
    ] as const) {
      const value = fillIn(values[name] ?? {}, places);
      expect(createSchemaValidator(schemas[definition])(value)).toEqual([]);
    }
    expect(Object.keys(values.files ?? {})).toContain("source/hello.txt");
  });

  it("have their places filled in at any depth, unknown ones left alone", () => {
    const value = { a: "${work}/x", b: [{ c: "${name}-${name}" }, "${other}", 3], d: null };
    expect(fillIn(value, { work: "/w", name: "n" })).toEqual({ a: "/w/x", b: [{ c: "n-n" }, "${other}", 3], d: null });
  });

  it("are made up from the schemas where no file gives them", async () => {
    await using sandbox = await PluginSandbox.empty();
    expect(await readTestValues(sandbox.path("dvp_test.json"))).toEqual({});
    const definition: JsonObject = {
      type: "object",
      required: ["path", "port", "mode", "on", "list", "inner", "title", "size"],
      properties: {
        path: { type: "string", format: "unixpath" },
        port: { type: "integer", minimum: 1024 },
        mode: { enum: ["fast", "safe"] },
        on: { type: "boolean" },
        list: { type: "array" },
        inner: { type: "object", required: ["x"], properties: { x: { type: "string" } } },
        title: { type: "string" },
        size: { type: "integer", default: 8 },
        left: { type: "string" },
      },
    };
    const made = fillIn(sampleObject(definition), { work: "/w", name: "n" });
    expect(made).toEqual({ path: "/w/n-path", port: 1024, mode: "fast", on: false, list: [], inner: { x: "n" }, title: "n", size: 8 });
    expect(createSchemaValidator(definition)(made)).toEqual([]);
  });

  it.each([
    ["[]", /must hold a JSON object/],
    ['{\n  "files": {,', /^dvp_test\.json:2: is not valid JSON: /],
    ['{"linked": {}}', /linked: is unknown; known are files/],
    ['{"linkedSource": 3}', /linkedSource: must be an object/],
    ['{"files": {"../outside": "x"}}', /files\.\.\.\/outside|must be a relative path/],
    ['{"files": {"/etc/x": "x"}}', /must be a relative path/],
    ['{"files": {"x": 3}}', /with a text/],
  ])("are refused as %s", async (text, reason) => {
    await using sandbox = await PluginSandbox.empty();
    await sandbox.write("dvp_test.json", text);
    await expect(readTestValues(sandbox.path("dvp_test.json"))).rejects.toThrow(reason);
  });
});
