import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "@opendvp/model";
import { createLuaHarness, type LuaHarness } from "./support/lua-harness.ts";

/** Expressions in the Lua of old, with what they gave there. */
const IDIOMS: readonly (readonly [string, unknown])[] = [
  [`select("#", unpack({ 1, 2, 3 }))`, 3],
  [`(select(2, unpack({ 1, 2, 3 }, 2)))`, 3],
  [`table.getn({ 1, 2 })`, 2],
  [`table.maxn({ 1, 2, [10] = 3 })`, 10],
  [`(function() local n = 0; table.foreach({ a = 1, b = 2 }, function(k, v) n = n + v end); return n end)()`, 3],
  [`(function() local s = ""; table.foreachi({ "a", "b" }, function(i, v) s = s .. i .. v end); return s end)()`, "1a2b"],
  [`(function() local words = {}; for w in string.gfind("a b", "%a") do words[#words + 1] = w end; return words end)()`, ["a", "b"]],
  [`math.pow(2, 10)`, 1024],
  [`tostring(math.pow(2, 3))`, "8"],
  [`math.mod(7, 4)`, 3],
  [`math.log10(1000) > 2.99`, true],
  [`math.ldexp(0.5, 3)`, 4],
  [`loadstring("return 1 + 1")()`, 2],
  [`(loadstring("return ("))`, undefined],
  [`tostring(10 / 2)`, "5"],
  [`tostring(0.1)`, "0.1"],
  [`tostring(1e100)`, "1e+100"],
  [`tostring(nil)`, "nil"],
  [`string.format("%d/%5.1f/%s/%%/%x", 3.7, 2.25, "a", 255.0)`, "3/  2.2/a/%/ff"],
  [`string.format("%u", 27017)`, "27017"],
  [`("%d"):format(-3.7)`, "-3"],
  [`string.find("a\\0b", "%z")`, 2],
  [`tonumber("0x1f")`, 31],
  [`type(gcinfo())`, "number"],
  [`collectgarbage("count") > 0`, true],
  [`collectgarbage("stop")`, 0],
  [`(function() local f = function() return x end; setfenv(f, { x = "own" }); return f() end)()`, "own"],
  [`getfenv(function() return print end) == _G`, true],
  [`(function() local f = loadstring("y = 5; return y"); local env = {}; setfenv(f, env); f(); return env.y, y end)()`, 5],
  [`(function() setfenv(1, { result = "level one" }); return result end)()`, "level one"],
  [`getfenv(0) == _G`, true],
  [`#string.rep("ab", 3)`, 6],
  [`string.format("%s|%5s|%s", 10 / 2, 4.0, 0.5)`, "5|    4|0.5"],
  [`table.concat({ 10 / 2, 3, "x", 0.5 }, ",")`, "5,3,x,0.5"],
  [`table.concat({ 1.0, 2.0, 3.0 }, "-", 2, 3)`, "2-3"],
  [`(string.gsub("a/b", "/", "%-"))`, "a-b"],
  [`(("a.b"):gsub("(%a)%.(%a)", "%2%/%1%%"))`, "b/a%"],
  [`select(2, string.gsub("aaa", "a", "b", 2))`, 2],
  [String.raw`"sed 's/\./_/' \$x" .. '\[a\]' .. [[\d]]`, "sed 's/./_/' $x[a]\\d"],
];

let harness: LuaHarness;
let given: JsonObject;

beforeAll(async () => {
  harness = await createLuaHarness();
  const members = IDIOMS.map(([expression], index) => `v${index} = (${expression})`);
  given = (await harness.returned(`return {\n${members.join(",\n")}\n}`)) as JsonObject;
});
afterAll(() => harness.close());

test.each(IDIOMS.map(([expression, value], index) => [expression, value, `v${index}`] as const))("%s", (_expression, value, name) => {
  expect(given[name]).toEqual(value);
});

test("lines at the beginning that start with # are comments, and lines keep their numbers", async () => {
  const script = `#\n# Copyright (c) of somebody\n  # indented\n\nlocal x = nil\nreturn { y = x.z }`;
  await expect(harness.returned(script)).rejects.toMatchObject({
    code: "PLUGIN_BUG",
    message: expect.stringContaining("virtual/configure.lua:6: attempt to index a nil value (local 'x')"),
  });
  expect(await harness.returned(`\uFEFF#!/usr/bin/lua\r\nreturn { length = #"abc" }`)).toEqual({ length: 3 });
});

test("functions of the same chunk keep their globals when one gets others", async () => {
  const script = `
    function first() return name end
    function second() return name end
    name = "global"
    setfenv(first, { name = "own" })
    return { first = first(), second = second(), mine = name }`;
  expect(await harness.returned(script)).toEqual({ first: "own", second: "global", mine: "global" });
});

test("a mistake in a call of what is shimmed is told at the script's own line", async () => {
  await expect(harness.returned(`\nreturn { text = string.format("%d", "no number") }`)).rejects.toMatchObject({
    message: expect.stringContaining("virtual/configure.lua:2: bad argument #2 to 'format'"),
  });
  await expect(harness.returned(`\nreturn { text = string.gsub(nil, "a", "b") }`)).rejects.toMatchObject({
    message: expect.stringContaining("virtual/configure.lua:2: bad argument #1 to 'gsub' (string expected, got nil)"),
  });
  await expect(harness.returned(`\nreturn { text = string.gsub("a", "[", "b") }`)).rejects.toMatchObject({
    message: expect.stringContaining("virtual/configure.lua:2: malformed pattern"),
  });
  await expect(harness.returned(`\nreturn { text = table.concat({ "a", {} }) }`)).rejects.toMatchObject({
    message: expect.stringContaining("virtual/configure.lua:2: invalid value (table) at index 2"),
  });
});
