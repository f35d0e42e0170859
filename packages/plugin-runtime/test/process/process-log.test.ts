import { PassThrough } from "node:stream";
import type { PluginCall, PluginLogs } from "@opendvp/core";
import { expect, test } from "vitest";
import { ProcessLog } from "../../src/process/process-log.ts";
import { noLibraries } from "../support/runtime-harness.ts";
import { systemClock } from "../support/system-clock.ts";

const MIB = 1024 * 1024;

function aLog() {
  const lines: string[] = [];
  const logs: PluginLogs = {
    write: (_plugin, { prefix, message }) => void lines.push(`${prefix} ${message}`),
    files: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
  const log = new ProcessLog({ plugin: "Fixture", logs, clock: systemClock, outputLimitBytes: 4 * MIB });
  const output = new PassThrough({ highWaterMark: 16 * MIB });
  log.follow(output, "INFO");
  return { lines, log, output };
}

function call(logPrefix: string, secrets: readonly string[]): PluginCall {
  const plugin = { reference: "", name: "", language: "", pluginType: "DIRECT", entryPoint: "", sourceDirectory: "" } as const;
  const rest = { plugin, operation: "virtual.start", arguments: {}, libraries: noLibraries, signal: new AbortController().signal } as const;
  return { ...rest, logPrefix, secrets };
}

test("is not drained while it leaves a pipe alone, and drained when all has been read", async () => {
  const { log, output } = aLog();
  expect(log.isDrained).toBe(true);
  output.write(Buffer.alloc(2 * MIB, "line\n"));
  await expect.poll(() => log.isDrained, { interval: 1 }).toBe(false);
  await log.drained();
  expect(log.isDrained).toBe(true);
});

test("tells when one operation says too much, not when several do together", async () => {
  const { log, output } = aLog();
  let isTooMuch = false;
  log.onTooMuch = () => (isTooMuch = true);
  for (let round = 0; round < 3; round += 1) {
    log.begin(call("", []));
    output.write(Buffer.alloc(2 * MIB, "line\n"));
    await expect.poll(() => log.isDrained, { interval: 1 }).toBe(false);
    await log.drained();
  }
  expect(isTooMuch).toBe(false);
  output.write(Buffer.alloc(3 * MIB, "line\n"));
  await expect.poll(() => isTooMuch).toBe(true);
});

test("keeps the secrets of all operations so far out of the lines of each", async () => {
  const { lines, log, output } = aLog();
  log.begin(call("[1]", ["hunter2"]));
  log.write("INFO", "mine is hunter2");
  log.begin(call("[2]", ["letmein"]));
  log.trace("failed: letmein after hunter2");
  output.write("hunter2 letmein\n");
  await expect.poll(() => lines.length).toBe(3);
  expect(lines).toEqual(["[1] mine is ********", "[2] failed: ******** after ********", "[2] ******** ********"]);
});
