import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "@opendvp/model";
import { connection } from "../support/values.ts";
import { createLuaHarness, type LuaHarness } from "./support/lua-harness.ts";

let harness: LuaHarness;

beforeAll(async () => {
  harness = await createLuaHarness();
});
afterAll(() => harness.close());

const bug = (message: string): object => ({ code: "PLUGIN_BUG", message: expect.stringContaining(message) as string });

describe("what a script returns", () => {
  test("becomes JSON: whole numbers stay whole, absent members are left out", async () => {
    const script = `return { port = 27017, half = 10 / 4, whole = 10 / 2, on = true, name = "é", list = { 1, 2 }, none = nil, far = 9007199254740991 }`;
    expect(await harness.returned(script)).toEqual({
      port: 27017,
      half: 2.5,
      whole: 5,
      on: true,
      name: "é",
      list: [1, 2],
      far: 9007199254740991,
    });
  });

  test("an empty table is what its schema says", async () => {
    const sourceConfig: JsonObject = {
      type: "object",
      properties: {
        list: { type: "array", items: { type: "array" } },
        object: { type: "object" },
        untyped: {},
        nullable: { type: ["array", "null"] },
        choice: { oneOf: [{ type: "array" }, { type: "string" }] },
        named: { $ref: "#/definitions/names" },
      },
      additionalProperties: { type: "array" },
      definitions: { names: { type: "array", items: { type: "object", properties: { tags: { type: "array" } } } } },
    };
    const script = `return { list = {}, object = {}, untyped = {}, nullable = {}, choice = {}, named = { { tags = {} } }, more = {} }`;
    expect(await harness.returned(script, { schemas: { sourceConfig } })).toEqual({
      list: [],
      object: {},
      untyped: {},
      nullable: [],
      choice: [],
      named: [{ tags: [] }],
      more: [],
    });
    expect(await harness.returned(`return { list = { {}, {} } }`, { schemas: { sourceConfig } })).toEqual({ list: [[], []] });
  });

  test("the elements of a list are read by their own schema", async () => {
    const repository: JsonObject = {
      type: "object",
      properties: { tags: { $ref: "#/definitions/tags" } },
      definitions: { tags: { type: "array" } },
    };
    const args = { sourceConnection: connection };
    const scripts = { "discovery/repositoryDiscovery": `return { { tags = {} } }` };
    expect(await harness.answer(scripts, { operation: "discovery.repository", args }, { schemas: { repository } })).toEqual([{ tags: [] }]);
  });

  test("a table with numbers for keys is an object where the schema wants one", async () => {
    const sourceConfig = { type: "object", properties: { byPort: { type: "object" } } };
    expect(await harness.returned(`return { byPort = { "a", "b" } }`, { schemas: { sourceConfig } })).toEqual({
      byPort: { "1": "a", "2": "b" },
    });
  });

  test("nothing at all is an empty object", async () => {
    expect(await harness.returned(`# only a comment, as real toolkits have it\n# and another`)).toEqual({});
    expect(await harness.returned(`local unused = 1`)).toEqual({});
  });

  test.each([
    ["return 5", "virtual/configure.lua: it must return tables of its schema"],
    ["return { f = print }", "virtual/configure.lua: what it returns.f is a function or a coroutine, which is no value"],
    ["return { n = 0 / 0 }", "what it returns.n is NaN, which is no number of JSON"],
    ["return { list = { 1, nil, 3 } }", "what it returns.list is a list with gaps"],
    ["return { big = 9007199254740993 }", "what it returns.big is an integer beyond 2^53"],
    ["return { [true] = 1 }", "has a key that is neither a text nor a whole number"],
    ["local t = {}; t.t = t; return t", "levels deep, or contains itself"],
    ["return { env = source.environment }", "what it returns holds a handle such as source.environment"],
  ])("%s is told as the toolkit's bug", async (script, message) => {
    await expect(harness.returned(script)).rejects.toMatchObject(bug(message));
  });

  test("more than an operation may return is told with the limit", async () => {
    await expect(harness.returned(`return { text = string.rep("x", 5 * 1024 * 1024) }`)).rejects.toMatchObject({
      code: "PLUGIN_LIMIT",
      message: expect.stringContaining("4194304 are allowed"),
    });
  });
});

describe("what a script is given", () => {
  test("are Lua's own values: whole numbers as integers, lists counted from one, null as nil", async () => {
    const script = `return { port = math.type(parameters.port), ratio = math.type(parameters.ratio), text = tostring(parameters.port) .. "/" .. parameters.port,
      count = #parameters.hosts, first = parameters.hosts[1], none = parameters.none == nil, deep = parameters.a.b[2].c }`;
    const parameters = { port: 27017, ratio: 0.5, hosts: ["a", "b"], none: null, a: { b: [0, { c: "d" }] } };
    expect(await harness.returned(script, {}, parameters)).toEqual({
      port: "integer",
      ratio: "float",
      text: "27017/27017",
      count: 2,
      first: "a",
      none: true,
      deep: "d",
    });
  });

  test("texts pass through unharmed, with NUL, quotes and any script", async () => {
    const text = "a\u0000b\n'\"\\ é 漢 🙂";
    expect(await harness.returned(`return { text = parameters.text, length = #parameters.text }`, {}, { text })).toEqual({
      text,
      length: Buffer.byteLength(text),
    });
  });

  test("names of members are not taken for anything else", async () => {
    const parameters = JSON.parse('{"__proto__": 1, "constructor": 2}') as JsonObject;
    const returned = await harness.returned(`return parameters`, {}, parameters);
    expect(JSON.stringify(returned)).toContain('"__proto__":1');
  });
});
