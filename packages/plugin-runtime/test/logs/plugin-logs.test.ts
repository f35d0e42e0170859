import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Clock } from "@opendvp/core";
import { createPluginLogs } from "../../src/index.ts";
import { safeFileName } from "../../src/logs/safe-file-name.ts";
import { systemClock } from "../support/system-clock.ts";

const clock: Clock = { ...systemClock, now: () => new Date("2026-11-21T12:00:00Z") };
const prefix = "[Worker-360|JOB-315|ENVIRONMENT_DISCOVER(UNIX_HOST_ENVIRONMENT-5)]";
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "opendvp-test-logs-"));
});
afterEach(() => rm(directory, { recursive: true }));

test("each level goes to the files that want it, with time, level and prefix", async () => {
  const logs = createPluginLogs({ directory, clock });
  for (const level of ["DEBUG", "INFO", "WARNING", "ERROR"] as const) logs.write("Postgres", { level, prefix, message: `a ${level} line` });
  const files = await logs.files("Postgres");
  const contents = Object.fromEntries(await Promise.all(files.map(async ({ name, open }) => [name, await text(open())] as const)));
  const line = (level: string) => `2026-11-21T12:00:00.000Z ${level} ${prefix} a ${level} line\n`;
  expect(contents).toEqual({
    "debug.log": ["DEBUG", "INFO", "WARNING", "ERROR"].map(line).join(""),
    "error.log": ["WARNING", "ERROR"].map(line).join(""),
    "info.log": ["INFO", "WARNING", "ERROR"].map(line).join(""),
  });
});

test("a message cannot pass itself off as several entries, nor steer a terminal", async () => {
  const logs = createPluginLogs({ directory, clock });
  const forged = "first\r\n2026-11-21T12:00:00.000Z ERROR [x] forged\rhidden\u001b[2J\u2028end";
  logs.write("P", { level: "ERROR", prefix, message: forged });
  await logs.close();
  expect(await readFile(join(directory, "P", "error.log"), "utf8")).toBe(
    `2026-11-21T12:00:00.000Z ERROR ${prefix} first\n  | 2026-11-21T12:00:00.000Z ERROR [x] forged\\u000dhidden\\u001b[2J\\u2028end\n`,
  );
});

test("a file that is full is kept under a number, the oldest goes", async () => {
  const logs = createPluginLogs({ directory, clock, fileLimitBytes: 500, keptFiles: 2 });
  for (let number = 0; number < 30; number += 1) {
    logs.write("P", { level: "DEBUG", prefix: "", message: `entry ${number}` });
    await logs.files("P");
  }
  expect((await readdir(join(directory, "P"))).filter((name) => name.startsWith("debug")).sort()).toEqual([
    "debug.log",
    "debug.log.1",
    "debug.log.2",
  ]);
  expect(await readFile(join(directory, "P", "debug.log"), "utf8")).toContain("entry 29");
  expect(await readFile(join(directory, "P", "debug.log.2"), "utf8")).not.toContain("entry 29");
});

test("what does not fit into the backlog is counted", async () => {
  const logs = createPluginLogs({ directory, clock, backlogLimitBytes: 1000 });
  for (let number = 0; number < 100; number += 1) logs.write("P", { level: "INFO", prefix: "", message: "x".repeat(60) });
  await logs.files("P");
  logs.write("P", { level: "INFO", prefix: "", message: "afterwards" });
  await logs.close();
  const lines = (await readFile(join(directory, "P", "info.log"), "utf8")).trimEnd().split("\n");
  const dropped = Number(/(\d+) lines were dropped/.exec(lines.find((line) => line.includes("dropped")) ?? "")?.[1]);
  expect(dropped + lines.length - 2).toBe(100);
  expect(lines.at(-1)).toContain("afterwards");
});

test("a directory that cannot be written does not stop anybody", async () => {
  await writeFile(join(directory, "file"), "");
  const logs = createPluginLogs({ directory: join(directory, "file"), clock });
  logs.write("P", { level: "ERROR", prefix: "", message: "lost" });
  await logs.close();
  expect(await logs.files("P")).toEqual([]);
});

test.each([
  ["Postgres 15", "Postgres 15"],
  ["../../etc/passwd", "%2E./../etc/passwd".replaceAll("/", "%2F")],
  ["a/b", "a%2Fb"],
  ["%2F", "%252F"],
  [".hidden", "%2Ehidden"],
  ["Größe", "Gr%C3%B6%C3%9Fe"],
])("the plugin %j has its logs in %j", (name, expected) => {
  expect(safeFileName(name)).toBe(expected);
});

test("long names keep apart", () => {
  const [one, two] = ["a", "b"].map((end) => safeFileName("x".repeat(300) + end));
  expect(one).not.toBe(two);
  expect(one?.length).toBeLessThan(130);
});
