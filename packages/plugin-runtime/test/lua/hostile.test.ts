import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EngineError, ErrorCode } from "@opendvp/model";
import { createLuaHarness, virtualArguments, type LuaHarness } from "./support/lua-harness.ts";
import { writeToolkit } from "./support/toolkit-fixture.ts";

const MIB = 1024 * 1024;
const MEMORY = /virtual\/configure\.lua: the script needed more than the 83886080 bytes of memory that Lua has here/;

let harness: LuaHarness;

beforeAll(async () => {
  harness = await createLuaHarness({ cancelGraceMs: 200, limits: { memoryLimitBytes: 160 * MIB } });
});
afterAll(() => harness.close());

async function outcomeOf(script: string, timeLimitMs = 20_000): Promise<unknown> {
  const toolkit = await writeToolkit({ "virtual/configure": script });
  const args = virtualArguments({}, { snapshot: {} });
  const outcome = await harness.call(toolkit, { operation: "virtual.configure", args, timeLimitMs }).catch((error: unknown) => error);
  await harness.runtime.retire(toolkit.reference);
  return outcome;
}

interface Hostility {
  readonly name: string;
  readonly script: string;
  readonly code: ErrorCode;
  readonly says: RegExp;
  readonly timeLimitMs?: number;
}

const endless = (name: string, script: string): Hostility => {
  return { name, script, code: "TIME_LIMIT", says: /did not end within 1\.5 s; its process was ended/, timeLimitMs: 1500 };
};
const greedy = (name: string, script: string): Hostility => ({ name, script, code: "PLUGIN_LIMIT", says: MEMORY });
const bug = (name: string, script: string, says: RegExp): Hostility => ({ name, script, code: "PLUGIN_BUG", says });

const HOSTILITIES: readonly Hostility[] = [
  endless("loops", `while true do end`),
  endless("loops and swallows every error", `while true do pcall(error, "x") end`),
  endless("loops in a coroutine", `coroutine.wrap(function() while true do end end)()`),
  endless("loops in a metamethod", `return setmetatable({}, { __index = function(t, k) while true do end end }).x`),
  endless("loops when its garbage is collected", `setmetatable({}, { __gc = function() while true do end end }) return {}`),
  endless("matches a pattern that explodes", `return string.match(string.rep("a", 250000), ".-.-.-b")`),
  endless("allocates, is refused, and goes on", `while true do pcall(string.rep, "x", 1e9) end`),
  endless("eats all the time in functions of the engine", `while true do pcall(RunBash, {}) end`),

  greedy("fills a table without end", `local t = {} while true do t[#t + 1] = { #t } end`),
  greedy("doubles a text without end", `local s = "x" while true do s = s .. s end`),
  greedy("asks for a huge text", `return string.rep("x", 1e9)`),
  greedy("asks for many large texts", `local t = {} for i = 1, 1000 do t[i] = string.rep(tostring(i), 1e6) end`),
  greedy("makes coroutines without end", `local t = {} while true do t[#t + 1] = coroutine.create(print) end`),
  greedy("passes on that memory is short", `local ok, message = pcall(string.rep, "x", 1e9) error(message)`),

  bug("calls itself without end", `local function f() return 1 + f() end return f()`, /configure\.lua:1: stack overflow/),
  bug("calls itself through gsub", `local function f() return (string.gsub("a", "a", f)) end return f()`, /C stack overflow/),
  bug("calls itself through sort", `local function f() table.sort({ 3, 2, 1 }, f) end f()`, /C stack overflow/),
  bug(
    "calls itself through a metamethod",
    `local t = setmetatable({}, {}) getmetatable(t).__concat = function(a, b) return a .. b end return t .. t`,
    /C stack overflow/,
  ),
  bug("calls itself through coroutines", `local function f() return coroutine.wrap(f)() end return f()`, /C stack overflow/),
  bug(
    "calls itself through tostring",
    `local t = setmetatable({}, {}) getmetatable(t).__tostring = function() return tostring(t) end return { t = tostring(t) }`,
    /C stack overflow/,
  ),
  bug(
    "nests a program too deep",
    `return assert(load("return " .. string.rep("(", 1000) .. "1" .. string.rep(")", 1000)))`,
    /C stack overflow|chunk has too many/,
  ),
  bug("matches what is too complex", `return string.find(string.rep("a", 300000), string.rep("a?", 300000))`, /pattern too complex/),
  bug("unpacks too much", `return table.unpack({}, 1, 1e7)`, /too many results to unpack/),
  bug(
    "asks for a text beyond all bounds",
    `return string.rep("x", 1e300)`,
    /number has no integer representation|resulting string too large/,
  ),
  bug("runs byte code", `return assert(load(("\\27Lua") .. string.rep("\\0", 100)))()`, /attempt to load a binary chunk/),
  bug("returns a table that contains itself", `local t = {} t.t = t return t`, /contains itself/),
  bug(
    "hides its metatable",
    `return setmetatable({}, { __metatable = false, __index = error, __len = error, __pairs = error }) .. ""`,
    /attempt to concatenate a table value/,
  ),
  bug("yields out of itself", `coroutine.yield(1)`, /attempt to yield from outside a coroutine/),
  bug("forges a handle", `RunBash { environment = {}, user = 1, command = "id" }`, /environment must be one of the handles/),
];

describe("a script that", () => {
  test.each(HOSTILITIES)("$name fails its own operation with $code", async ({ script, code, says, timeLimitMs }) => {
    const error = (await outcomeOf(script, timeLimitMs)) as EngineError;
    expect(error).toMatchObject({ code });
    expect(error.message).toMatch(says);
  });
});

test("metamethods of what a script returns are not called", async () => {
  const script = `return setmetatable({ a = 1 }, { __index = error, __pairs = error, __len = error, __tostring = error })`;
  expect(await outcomeOf(script)).toEqual({ a: 1 });
});

test("a script may change its own world, and no other", async () => {
  const script = `_G.print, _G.error, _G.pcall, string.format, table.concat, _G.tostring, _G.pairs = nil return {}`;
  expect(await outcomeOf(script)).toEqual({});
  expect(await outcomeOf(`print("still there") return {}`)).toEqual({});
  expect(await outcomeOf(`_ENV = nil return {}`)).toEqual({});
});

test("a coroutine may call functions of the engine, and so may a callback", async () => {
  const here = `environment = source.environment, user = source.environmentUser`;
  const script = `
    local ask = coroutine.wrap(function(word) return RunBash { ${here}, command = [[printf '"%s"' "$WORD" > $DLPX_OUTPUT_FILE]], variables = { WORD = word }, outputSchema = {} } end)
    local replaced = string.gsub("a-b", "%a", function(word)
      return RunBash { ${here}, command = [[printf '"<%s>"' "$WORD" > $DLPX_OUTPUT_FILE]], variables = { WORD = word }, outputSchema = {} } end)
    return { first = ask("one"), second = replaced }`;
  expect(await outcomeOf(script)).toEqual({ first: "one", second: "<a>-<b>" });
});

test("an operation that is cancelled while Lua loops ends", async () => {
  const toolkit = await writeToolkit({ "virtual/start": `print("looping") while true do end` });
  const controller = new AbortController();
  const outcome = harness.call(toolkit, { operation: "virtual.start", args: virtualArguments(), signal: controller.signal });
  await expect.poll(() => harness.lines.some(({ message }) => message === "looping"), { timeout: 10_000 }).toBe(true);
  controller.abort();
  await expect(outcome).rejects.toMatchObject({ code: "CANCELED" });
});

test("the engine's own process is not where Lua runs: it sees nothing of it", async () => {
  const script = `local names = {} for name in pairs(_G) do names[#names + 1] = name end table.sort(names) return { names = names }`;
  const { names } = (await outcomeOf(script)) as { names: string[] };
  expect(names).toEqual([
    "Fail",
    "RunBash",
    "RunCommand",
    "RunExpect",
    "RunPowerShell",
    "RunPowershell",
    "RunSync",
    "_G",
    "_VERSION",
    "assert",
    "collectgarbage",
    "config",
    "coroutine",
    "error",
    "gcinfo",
    "getfenv",
    "getmetatable",
    "ipairs",
    "load",
    "loadstring",
    "math",
    "messages",
    "module",
    "next",
    "pairs",
    "parameters",
    "pcall",
    "print",
    "rawequal",
    "rawget",
    "rawlen",
    "rawset",
    "repository",
    "require",
    "resources",
    "select",
    "setfenv",
    "setmetatable",
    "snapshotJson",
    "source",
    "string",
    "table",
    "tonumber",
    "tostring",
    "type",
    "unpack",
    "utf8",
    "xpcall",
  ]);
});
