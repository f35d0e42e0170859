import { afterAll, beforeAll, expect, test } from "vitest";
import type { EngineError } from "@opendvp/model";
import { createLuaHarness, stagedArguments, virtualArguments, type LuaHarness } from "./support/lua-harness.ts";
import { unpack, writeToolkit } from "./support/toolkit-fixture.ts";

let harness: LuaHarness;

beforeAll(async () => {
  harness = await createLuaHarness();
});
afterAll(() => harness.close());

test("an error of the script is the toolkit's bug: its name, its version, the script, the line, and how it came there", async () => {
  const scripts = { "staged/worker": `local function look(at)\n  return at.size\nend\n\nlook(nil)` };
  const error = (await harness
    .answer(scripts, { operation: "linked.worker", args: stagedArguments("/mnt") })
    .catch((thrown: unknown) => thrown)) as EngineError;
  expect(error).toMatchObject({ code: "PLUGIN_BUG", details: { plugin: "delphixdb", operation: "linked.worker" } });
  expect(error.message).toContain("toolkit delphixdb 1.2.3, staged/worker.lua:2: attempt to index a nil value (local 'at')");
  expect(error.details["stack"]).toMatch(/staged\/worker\.lua:2: in .*'look'\n\tstaged\/worker\.lua:5: in main chunk/);
});

test.each([
  [`error("no way")`, "toolkit delphixdb 1.2.3, virtual/configure.lua:1: no way"],
  [`error({ code = 1 })`, "toolkit delphixdb 1.2.3, virtual/configure.lua:1: a value that is no text was raised as an error"],
  [`error()`, "virtual/configure.lua:1: nil was raised as an error, which says nothing"],
  [`error(5, 0)`, "toolkit delphixdb 1.2.3, virtual/configure.lua:1: 5"],
  [`\nerror("for the caller", 2)`, "toolkit delphixdb 1.2.3, virtual/configure.lua:2: for the caller"],
  [`error(setmetatable({}, { __tostring = function() error("trap") end }))`, "a value that is no text was raised as an error"],
  [`undefinedFunction()`, "virtual/configure.lua:1: attempt to call a nil value (global 'undefinedFunction')"],
  [`os.time()`, "virtual/configure.lua:1: attempt to index a nil value (global 'os')"],
  [`return RunBash { command = 1 }`, "virtual/configure.lua:1: RunBash: command must be a text"],
  [
    `local ok, message = pcall(RunBash, {}); error("wrapped: " .. message)`,
    "virtual/configure.lua:1: wrapped: virtual/configure.lua: RunBash: command",
  ],
])("%s is told", async (script, message) => {
  await expect(harness.returned(script)).rejects.toMatchObject({ code: "PLUGIN_BUG", message: expect.stringContaining(message) });
});

test("words for the user keep to their limit", async () => {
  await expect(harness.returned(`Fail(string.rep("x", 200000))`)).rejects.toMatchObject({
    code: "PLUGIN_LIMIT",
    message: expect.stringContaining("131072 are allowed"),
  });
});

test("after a failure the next operation finds a process of its own", async () => {
  const toolkit = await writeToolkit({ "virtual/start": `error("once")`, "virtual/configure": `return { fine = true }` });
  await expect(harness.call(toolkit, { operation: "virtual.start", args: virtualArguments() })).rejects.toMatchObject({
    code: "PLUGIN_BUG",
  });
  expect(await harness.call(toolkit, { operation: "virtual.configure", args: virtualArguments() })).toEqual({ fine: true });
});

test("a secret of the operation is in no error and no log", async () => {
  const toolkit = await writeToolkit({ "virtual/start": `print("with " .. parameters.password) error("refused " .. parameters.password)` });
  const args = virtualArguments({ password: "hunter2-hunter2" });
  const error = (await harness
    .call(toolkit, { operation: "virtual.start", args, secrets: ["hunter2-hunter2"] })
    .catch((thrown: unknown) => thrown)) as EngineError;
  expect(error.message).toContain("virtual/start.lua:1: refused ");
  expect(JSON.stringify([error.toShape(), harness.lines])).not.toContain("hunter2");
});

const STATUSES: readonly (readonly [string, unknown])[] = [
  [`return "ACTIVE"`, "ACTIVE"],
  [`return "INACTIVE"`, "INACTIVE"],
  [`return "UNKNOWN"`, "UNKNOWN"],
  [`local nothing = 1`, "UNKNOWN"],
];

test.each(STATUSES)("a status script: %s", async (script, status) => {
  expect(await harness.answer({ "virtual/status": script }, { operation: "virtual.status", args: virtualArguments() })).toBe(status);
  expect(await harness.answer({ "staged/status": script }, { operation: "linked.status", args: stagedArguments("/mnt") })).toBe(status);
});

test("a status that does not exist is the toolkit's bug", async () => {
  const answer = harness.answer({ "virtual/status": `return "RUNNING"` }, { operation: "virtual.status", args: virtualArguments() });
  await expect(answer).rejects.toMatchObject({
    message: expect.stringContaining(`virtual/status.lua: it must return "ACTIVE", "INACTIVE" or "UNKNOWN"; it has returned a text.`),
  });
});

test.each([
  ["return 5", "the number 5"],
  ["return {}", "an empty table"],
  ["return { {} }", "a list of an empty table"],
  ["return { { mountPath = 5, sharedPath = {} } }", "a list of a table with mountPath, sharedPath"],
  ["return remote.host", "a handle of host"],
  [`return { { mountPath = "/a" }, 7, true }`, "a list of a table with mountPath, the number 7, the boolean true"],
])("a mountSpec that returns something else is told with what that is: %s", async (script, returned) => {
  const error = (await harness
    .answer({ "virtual/mountSpec": script }, { operation: "virtual.mountSpecification", args: virtualArguments() })
    .catch((thrown: unknown) => thrown)) as EngineError;
  const wanted = "it must return a list of tables with environment, mountPath and sharedPath";
  expect(error).toMatchObject({
    code: "PLUGIN_BUG",
    message: `virtual.mountSpecification failed: toolkit delphixdb 1.2.3, virtual/mountSpec.lua: ${wanted}; it has returned ${returned}.`,
    action: "This is a defect of the toolkit: report it to the toolkit's author.",
  });
  expect(error.details).not.toHaveProperty("stack");
});

test.each([
  [{ "virtual/start": "if true then" }, "virtual/start.lua:1: 'end' expected near <eof>"],
  [{ "upgrade/upgradeManualSourceConfig": "\nreturn +" }, "upgrade/1.1/upgradeSourceConfig.lua:2: unexpected symbol"],
  [{ "upgrade/upgradeSnapshot": "\nreturn +" }, "upgrade/1.1/upgradeSnapshot.lua:2: unexpected symbol"],
])("a script that is no Lua is told when the toolkit is uploaded: %o", async (scripts, message) => {
  const toolkit = await writeToolkit(scripts);
  const error = (await harness.runtime.describe({ ...toolkit, buildNumber: "1.2.3" }).catch((thrown: unknown) => thrown)) as EngineError;
  expect(error).toMatchObject({
    code: "PLUGIN_INVALID",
    message: expect.stringMatching(/^The toolkit delphixdb 1\.2\.3 cannot be loaded: [^:]+\.lua:\d+: [^:]+$/),
    action: "Correct the toolkit's script and build the toolkit again.",
  });
  expect(error.message).toContain(message);
  expect(error.details).not.toHaveProperty("stack");
});

const OTHERS = [
  { content: "{", says: "JSON" },
  { content: "[]", says: "toolkit.json holds no toolkit" },
  {
    content: { linkedSourceDefinition: { type: "ToolkitLinkedStagedSource" } },
    says: "It is a STAGED toolkit, and was uploaded as a DIRECT one",
  },
] as const;

test.each(OTHERS)("what is no such toolkit is refused when it is uploaded: $content", async ({ content, says }) => {
  await expect(harness.runtime.describe(await unpack(content, "DIRECT"))).rejects.toMatchObject({
    code: "PLUGIN_INVALID",
    message: expect.stringContaining(says),
  });
});
