import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PluginVersion } from "@opendvp/core";
import type { EngineError } from "@opendvp/model";
import { listProcesses } from "@opendvp/subprocess";
import { buildPlugin, writePlugin } from "./support/build-plugin.ts";
import { createHarness, noLibraries, type RuntimeHarness } from "./support/runtime-harness.ts";

const isRoot = process.getuid?.() === 0;

let harness: RuntimeHarness;
let plugin: PluginVersion;

beforeAll(async () => {
  harness = await createHarness({
    cancelGraceMs: 300,
    limits: { memoryLimitBytes: 200 * 1024 * 1024, processLimit: 64, outputLimitBytes: 8 * 1024 * 1024 },
  });
  plugin = await buildPlugin("ill-behaved");
});
afterAll(() => harness.close());

/** The error of a misdeed; beside it, a call that must not notice anything. */
async function errorOf(how: string, changes: Parameters<RuntimeHarness["call"]>[2] = {}): Promise<EngineError> {
  const bystander = harness.call(plugin);
  const error = await harness.call(plugin, { how }, changes).then(
    (value) => expect.fail(`${how} succeeded with ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown as EngineError,
  );
  expect(await bystander).toBeNull();
  expect(await harness.call(plugin)).toBeNull();
  return error;
}

test("one that loops is ended at its time limit", async () => {
  expect(await errorOf("loop", { timeLimitMs: 400 })).toMatchObject({
    code: "TIME_LIMIT",
    details: { timeLimitMs: 400, operation: "virtual.start" },
  });
});

test("one that ignores a cancel is killed after a grace", async () => {
  const controller = new AbortController();
  const failing = errorOf("ignoreCancel", { signal: controller.signal });
  await expect.poll(() => harness.lines.some(({ message }) => message === "not listening"), { timeout: 10_000 }).toBe(true);
  const startedAt = performance.now();
  controller.abort();
  expect(await failing).toMatchObject({ code: "CANCELED" });
  expect(performance.now() - startedAt).toBeGreaterThan(290);
});

test("one that ends its process is told with exit code and last words", async () => {
  const error = await errorOf("exit");
  expect(error).toMatchObject({ code: "PLUGIN_DIED", details: { exitCode: 3, stderr: "my last words" } });
  expect(error.message).toMatch(/exit code 3/);
});

test("one that is killed is told with the signal", async () => {
  const error = await errorOf("kill");
  expect(error.code).toBe("PLUGIN_DIED");
  expect(error.message).toMatch(/SIGKILL/);
});

test("one that floods its output gets a thinned log that counts what is missing", async () => {
  harness.lines.length = 0;
  expect(await harness.call(plugin, { how: "floodStdout" })).toBeNull();
  const dropped = () =>
    harness.lines.map(({ message }) => Number(/^(\d+) lines were dropped/.exec(message)?.[1] ?? 0)).reduce((a, b) => a + b, 0);
  const logged = () => harness.lines.filter(({ message }) => message.startsWith("line ")).length;
  await expect.poll(() => harness.call(plugin).then(() => logged() + dropped())).toBe(100_000);
  expect(logged()).toBeLessThan(50_000);
});

test("one that floods its output beyond a bound fails itself, and says so", async () => {
  const error = await errorOf("floodWithoutEnd");
  expect(error).toMatchObject({ code: "PLUGIN_LIMIT", details: { limit: "output", limitBytes: 8 * 1024 * 1024 } });
  expect(error.message).toMatch(/wrote more than 8388608 bytes of output/);
  expect(error.action).toContain("`plugins` in the engine's configuration.json");
});

describe("a process is not used again", () => {
  const pids = () => harness.runtime.status().processes.map(({ pid }) => pid);

  test("after an operation that leaves the next one too little memory", async () => {
    const own = await buildPlugin("ill-behaved");
    await harness.runtime.retire(plugin.reference);
    await harness.call(own);
    const before = pids();
    expect(before).toHaveLength(1);
    await harness.call(own, { how: "keepMemory" });
    expect(pids()).toEqual([]);
    await harness.call(own);
    expect(pids()).not.toEqual(before);
    await harness.runtime.retire(own.reference);
  });

  test.skipIf(!isRoot).each(["survivePids", "surviveMemory"])(
    "after an operation that came to a limit and went on (%s; needs root): a later mistake is not put down to that",
    async (how) => {
      const own = await buildPlugin("ill-behaved");
      await harness.call(own);
      const before = harness.runtime.status().processes.find((process) => process.plugin === own.reference);
      expect(await harness.call(own, { how })).toBeNull();
      expect(pids()).not.toContain(before?.pid);
      await expect(harness.call(own, { how: "bug" })).rejects.toMatchObject({ code: "PLUGIN_BUG" });
      await harness.runtime.retire(own.reference);
    },
  );

  // Without user ids of their own its processes cannot be told from others.
  test.skipIf(!isRoot)(
    "after an operation that failed (needs root): it is gone, with what it started detached, when the call rejects",
    async () => {
      const own = await buildPlugin("ill-behaved");
      await harness.call(own);
      const before = pids();
      await expect(harness.call(own, { how: "failAndLeaveChild" })).rejects.toMatchObject({ code: "PLUGIN_USER_ERROR" });
      const sleepers = (await listProcesses()).filter(({ command, uid }) => command === "sleep" && uid >= 1_900_000_000);
      expect(sleepers).toEqual([]);
      await harness.call(own);
      expect(pids()).not.toEqual(before);
      await harness.runtime.retire(own.reference);
    },
  );
});

describe("a limit names what exceeded it:", () => {
  test.each([
    ["hugeResult", /result of virtual\.start has \d+ bytes; 4194304 are allowed/, { limit: "operation result", limitBytes: 4194304 }],
    ["hugeError", /error of the operation has \d+ bytes; 131072 are allowed/, { limit: "error", limitBytes: 131072 }],
    ["hugeFrame", /A message of 524288000 bytes was announced/, { limit: "message", actualBytes: 524288000 }],
  ])("%s", async (how, message, details) => {
    const error = await errorOf(how);
    expect(error).toMatchObject({ code: "PLUGIN_LIMIT", details });
    expect(error.message).toMatch(message);
  });

  test("arguments", async () => {
    const parameters = { how: "x".repeat(5 * 1024 * 1024) };
    await expect(harness.call(plugin, parameters)).rejects.toMatchObject({
      code: "PLUGIN_LIMIT",
      details: { limit: "operation arguments" },
    });
  });

  test("memory", async () => {
    expect(await errorOf("eatMemory", { timeLimitMs: 20_000 })).toMatchObject({ code: "PLUGIN_LIMIT", details: { limit: "memory" } });
  });
});

describe("garbage on the protocol's pipe is told as such:", () => {
  test.each([
    ["garbage", /Hello, I am no message/],
    ["noJson", /no JSON/],
    ["strangerAnswer", /never sent \(id 4711\)/],
  ])("%s", async (how, message) => {
    const error = await errorOf(how);
    expect(error.code).toBe("PLUGIN_PROTOCOL");
    expect(error.message).toMatch(message);
  });
});

test("a result that is no JSON is the plugin's bug", async () => {
  const error = await errorOf("cyclic");
  expect(error.code).toBe("PLUGIN_BUG");
  expect(error.message).toMatch(/circular/);
});

test("a malformed library call does not reach the engine's libraries", async () => {
  // Its answer goes to a request that the plugin's SDK never sent, and the process ends itself over it.
  const error = await errorOf("badLibraryCall", { libraries: noLibraries });
  expect(error.message).not.toContain("This test expects no library call");
  expect(error.code).toBe("PLUGIN_DIED");
});

test.skipIf(!isRoot)("what it leaves running ends with its process", async () => {
  const own = await buildPlugin("ill-behaved");
  await harness.call(own, { how: "leaveChild" });
  const sleepers = async () => (await listProcesses()).filter(({ command, uid }) => command === "sleep" && uid >= 1_900_000_000).length;
  expect(await sleepers()).toBe(1);
  await harness.runtime.retire(own.reference);
  await expect.poll(sleepers, { timeout: 5000 }).toBe(0);
});

test.skipIf(!isRoot)("one that forks without end runs into its process limit alone", async () => {
  const own = await buildPlugin("ill-behaved");
  await harness.call(own, { how: "forkMany" }).catch(() => undefined);
  const processes = (await listProcesses()).filter(({ uid }) => uid >= 1_900_000_000).length;
  expect(processes).toBeLessThan(150);
  await harness.runtime.retire(own.reference);
});

describe("a plugin that does not load is refused with the reason:", () => {
  test.each([
    ["a syntax error", "export const plugin = ;", /SyntaxError|Unexpected token/],
    ["a throw while it is imported", "throw new Error('no way');", /no way/],
    ["another export", "export const other = 1;", /exports no 'plugin'; it exports other/],
    ["no plugin", "export const plugin = {};", /is no plugin/],
    ["an exit while it is imported", "process.stderr.write('bye'); process.exit(5);", /exit code 5/],
  ])("%s", async (_what, code, message) => {
    const broken = await writePlugin(code);
    const error = (await harness.runtime.describe(broken).catch((thrown: unknown) => thrown)) as EngineError;
    expect(error.code).toBe("PLUGIN_INVALID");
    expect(error.message).toMatch(message);
  });

  test("another plugin type than its config says", async () => {
    const staged = { ...plugin, pluginType: "STAGED" } as const;
    await expect(harness.runtime.describe(staged)).rejects.toMatchObject({ code: "PLUGIN_INVALID" });
  });

  test("a language that nobody speaks here", async () => {
    await expect(harness.runtime.describe({ ...plugin, language: "COBOL" })).rejects.toMatchObject({ code: "PLUGIN_INVALID" });
  });
});
