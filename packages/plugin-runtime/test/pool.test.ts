import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Clock, PluginVersion } from "@opendvp/core";
import { buildPlugin } from "./support/build-plugin.ts";
import { createHarness, noLibraries, type CallChanges, type RuntimeHarness } from "./support/runtime-harness.ts";
import { systemClock } from "./support/system-clock.ts";

/** A day passes when the test says so; waiting is as long as ever. */
let aheadMs = 0;
const clock: Clock = { ...systemClock, monotonicMs: () => systemClock.monotonicMs() + aheadMs };

let harness: RuntimeHarness;
let plugin: PluginVersion;

beforeAll(async () => {
  harness = await createHarness({ clock, limits: { concurrency: 2, unlimitedConcurrency: 1, idleMs: 3_600_000, lastIdleMs: 7_200_000 } });
  plugin = await buildPlugin("well-behaved");
});
afterAll(() => harness.close());

const processes = () => harness.runtime.status().processes;

/** An operation that lasts until the returned function is called. */
function longOperation(changes: CallChanges = {}): {
  readonly started: Promise<void>;
  finish(): Promise<unknown>;
} {
  let begin: () => void = () => undefined;
  let release: (result: { exitCode: number; stdout: string; stderr: string }) => void = () => undefined;
  const started = new Promise<void>((resolve) => (begin = resolve));
  const runBash = () => (begin(), new Promise<{ exitCode: number; stdout: string; stderr: string }>((resolve) => (release = resolve)));
  const done = harness.call(plugin, { how: "library" }, { libraries: { ...noLibraries, runBash }, ...changes });
  return {
    started,
    finish: async () => {
      release({ exitCode: 0, stdout: "", stderr: "" });
      return done;
    },
  };
}

test("operations one after the other share a process", async () => {
  await harness.call(plugin);
  const [first] = processes();
  await harness.call(plugin);
  expect(processes()).toHaveLength(1);
  expect(processes()[0]?.pid).toBe(first?.pid);
});

test("a long operation holds up nobody: another gets a process of its own", async () => {
  const long = longOperation();
  await long.started;
  await harness.call(plugin);
  expect(processes().map(({ isBusy }) => isBusy)).toEqual([true, false]);
  await long.finish();
});

test("past the limit operations wait their turn, and a cancelled one leaves the queue", async () => {
  const [one, two] = [longOperation(), longOperation()];
  await Promise.all([one.started, two.started]);
  const controller = new AbortController();
  const waiting = harness.call(plugin);
  const leaving = harness.call(plugin, {}, { signal: controller.signal });
  controller.abort();
  await expect(leaving).rejects.toMatchObject({ code: "CANCELED" });
  await one.finish();
  expect(await waiting).toBeNull();
  await two.finish();
});

test("operations without a time limit do not take the places of those with one", async () => {
  const sync = longOperation({ isUnlimited: true });
  await sync.started;
  const [one, two] = [longOperation(), longOperation()];
  await Promise.all([one.started, two.started]);
  await Promise.all([sync.finish(), one.finish(), two.finish()]);
});

test("idle processes go; the last one stays longer", async () => {
  expect(processes().length).toBeGreaterThan(1);
  aheadMs += 3_700_000;
  await expect.poll(() => processes().length, { timeout: 5000 }).toBe(1);
  aheadMs += 3_700_000;
  await expect.poll(() => processes().length, { timeout: 5000 }).toBe(0);
});

test("a retired version's idle processes end now, its busy ones when they are done", async () => {
  const long = longOperation();
  await long.started;
  const pids = processes().map(({ pid }) => pid);
  await harness.runtime.retire(plugin.reference);
  expect(await long.finish()).toBeNull();
  await harness.call(plugin);
  expect(pids).not.toContain(processes()[0]?.pid);
});

test("a burst of short operations is served by a few processes", async () => {
  const wide = await createHarness({ limits: { concurrency: 16 } });
  onTestFinished(() => wide.close());
  const own = await buildPlugin("well-behaved");
  await Promise.all(Array.from({ length: 64 }, () => wide.call(own)));
  expect(wide.runtime.status().processes.length).toBeLessThanOrEqual(3);
});

test("an operation that is cancelled while its process starts ends at once, and nothing is left of it", async () => {
  const fresh = await createHarness();
  onTestFinished(() => fresh.close());
  const own = await buildPlugin("well-behaved");
  const controller = new AbortController();
  const call = fresh.call(own, {}, { signal: controller.signal });
  setTimeout(() => controller.abort(), 5);
  await expect(call).rejects.toMatchObject({ code: "CANCELED" });
  expect(fresh.runtime.status().processes).toEqual([]);
  expect(await fresh.call(own)).toBeNull();
  expect(fresh.runtime.status().processes).toHaveLength(1);
});
