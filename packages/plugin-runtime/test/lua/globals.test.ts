import { afterAll, beforeAll, expect, test } from "vitest";
import { createLuaHarness, type LuaHarness } from "./support/lua-harness.ts";

let harness: LuaHarness;

beforeAll(async () => {
  harness = await createLuaHarness();
});
afterAll(() => harness.close());

test("a script returns a table, and the engine gets JSON", async () => {
  expect(await harness.returned(`return { port = 27017, ratio = 0.5, on = true, name = "é", list = { 1, 2 }, none = nil }`)).toEqual({
    port: 27017,
    ratio: 0.5,
    on: true,
    name: "é",
    list: [1, 2],
  });
});
