import { spawn, type ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Json, JsonObject } from "@opendvp/model";
import { FRAME_OVERHEAD_BYTES, LIMITS, Peer } from "@opendvp/plugin-protocol";
import { buildRunner } from "../support/build-runner.ts";
import { virtualArguments } from "./support/lua-harness.ts";
import { removeToolkits, writeToolkit, type Scripts } from "./support/toolkit-fixture.ts";

const RUNNER = fileURLToPath(new URL("../../dist/lua/runner/main.js", import.meta.url));
const MIB = 1024 * 1024;

interface Runner {
  readonly process: ChildProcess;
  readonly peer: Peer;
  readonly exitCode: Promise<number | null>;
}

const running: Runner[] = [];

beforeAll(() => buildRunner());
afterEach(async () => {
  for (const { process, exitCode } of running.splice(0)) {
    process.kill("SIGKILL");
    await exitCode;
  }
});
afterAll(() => removeToolkits());

/** The program itself, without an engine. */
function start(onRequest: (method: string, params: Json) => Promise<Json> = () => Promise.reject(new Error("no library"))): Runner {
  const child = spawn(process.execPath, [RUNNER, String(64 * MIB)], { stdio: ["ignore", "inherit", "inherit", "pipe", "pipe"] });
  const peer = new Peer({
    input: child.stdio[4] as Readable,
    output: child.stdio[3] as Writable,
    frameLimitBytes: LIMITS.libraryCallBytes + FRAME_OVERHEAD_BYTES,
    onRequest,
    onNotification: () => undefined,
    onClosed: () => undefined,
  });
  const runner = { process: child, peer, exitCode: new Promise<number | null>((resolve) => child.on("exit", resolve)) };
  running.push(runner);
  return runner;
}

async function initialize({ peer }: Runner, scripts: Scripts = {}, changes: JsonObject = {}): Promise<Json> {
  const { sourceDirectory } = await writeToolkit(scripts);
  return peer.request("initialize", { protocolVersion: 1, entryPoint: "toolkit", sourceDirectory, pluginType: "STAGED", ...changes });
}

test("initialize tells the operations, and the release that each kind is upgraded from", async () => {
  const scripts = { "upgrade/upgradeSnapshot": "return snapshot", "upgrade/upgradeLinkedSource": "return parameters" };
  expect(await initialize(start(), scripts)).toMatchObject({
    protocolVersion: 1,
    operations: expect.arrayContaining(["virtual.configure"]),
    migrationIds: [],
    luaMigrations: { linkedSource: ["1.1"], snapshot: ["1.1"] },
    warnings: [],
  });
});

test("another version of the protocol is refused", async () => {
  await expect(initialize(start(), {}, { protocolVersion: 2 })).rejects.toMatchObject({ code: -32602 });
});

test("what cannot be answered is told so, and the next request is answered", async () => {
  const runner = start();
  await expect(runner.peer.request("virtual.configure", {})).rejects.toMatchObject({ code: -32603 });
  await initialize(runner);
  await expect(runner.peer.request("virtual.start", {})).rejects.toMatchObject({ code: -32601 });
  await expect(runner.peer.request("toString", {})).rejects.toMatchObject({ code: -32601 });
  await expect(runner.peer.request("virtual.configure", null)).rejects.toMatchObject({ code: -32602 });
  expect(await runner.peer.request("virtual.configure", virtualArguments())).toEqual({});
});

test("large messages pass both ways, and a cancel disturbs nothing", async () => {
  const asked: number[] = [];
  const runner = start(async (_method, params) => {
    asked.push(JSON.stringify(params).length);
    return { exitCode: 0, stdout: `present\n"${"é".repeat(MIB)}"`, stderr: "" };
  });
  const script = `local text = RunBash { environment = source.environment, user = source.environmentUser, command = "true",
      variables = { LARGE = string.rep("x", 2 * 1024 * 1024) }, outputSchema = { type = "string" } }
    return { length = #text }`;
  await initialize(runner, { "virtual/configure": script });
  const controller = new AbortController();
  const answer = runner.peer.request("virtual.configure", virtualArguments(), { signal: controller.signal });
  controller.abort();
  expect(await answer).toEqual({ length: 2 * MIB });
  expect(asked[0]).toBeGreaterThan(2 * MIB);
});

test("shutdown ends it, and so does the end of the engine", async () => {
  const [asked, left] = [start(), start()];
  expect(await asked.peer.request("shutdown", null)).toBeNull();
  expect(await asked.exitCode).toBe(0);
  left.process.stdio[3]?.destroy();
  expect(await left.exitCode).toBe(0);
});

test("an engine that goes while a library is called ends it too", async () => {
  const calls: string[] = [];
  const runner = start((method) => new Promise(() => calls.push(method)));
  const script = `RunBash { environment = source.environment, user = source.environmentUser, command = "true" }`;
  await initialize(runner, { "virtual/configure": script });
  runner.peer.request("virtual.configure", virtualArguments()).catch(() => undefined);
  await expect.poll(() => calls).toEqual(["library/runBash"]);
  runner.process.stdio[3]?.destroy();
  expect(await runner.exitCode).toBe(0);
});
