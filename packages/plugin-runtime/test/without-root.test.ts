import { afterAll, beforeAll, expect, test } from "vitest";
import type { PluginVersion } from "@opendvp/core";
import { createPlainLauncher } from "../src/guards/plain-launcher.ts";
import { buildPlugin } from "./support/build-plugin.ts";
import { createHarness, type RuntimeHarness } from "./support/runtime-harness.ts";

const MIB = 1024 * 1024;

let harness: RuntimeHarness;
let plugin: PluginVersion;

beforeAll(async () => {
  const launcher = createPlainLauncher({ memoryLimitBytes: 300 * MIB, processLimit: 256, missingGuards: ["No root."] });
  harness = await createHarness({}, launcher);
  plugin = await buildPlugin("ill-behaved");
});
afterAll(() => harness.close());

test("plugins run as ordinary children, and the status says what is missing", async () => {
  expect(await harness.call(plugin)).toBeNull();
  expect(harness.runtime.status()).toMatchObject({
    processes: [{ plugin: plugin.reference, isBusy: false }],
    missingGuards: ["No root."],
  });
});

test("a loop is ended at its time limit", async () => {
  await expect(harness.call(plugin, { how: "loop" }, { timeLimitMs: 300 })).rejects.toMatchObject({ code: "TIME_LIMIT" });
});

test("memory is watched", async () => {
  await expect(harness.call(plugin, { how: "eatMemory" })).rejects.toMatchObject({ code: "PLUGIN_LIMIT", details: { limit: "memory" } });
});

test("a process that is killed is told with its signal", async () => {
  await expect(harness.call(plugin, { how: "kill" })).rejects.toMatchObject({ code: "PLUGIN_DIED", details: { signal: "SIGKILL" } });
});
