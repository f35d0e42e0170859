import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { EngineError, type PluginType } from "@opendvp/model";
import { createPluginLogs, createPluginRuntime } from "@opendvp/plugin-runtime";
import { describe, expect, it } from "vitest";
import { buildPlugin } from "../../src/index.ts";
import { readOperationTrace } from "../../src/life-cycle/operation-trace.ts";
import { readLogArchive } from "../../src/life-cycle/read-log-archive.ts";
import { PluginSandbox } from "../plugin-sandbox.ts";

const run = promisify(execFile);
const clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  sleep: (durationMs: number, signal?: AbortSignal): Promise<void> =>
    sleep(durationMs, undefined, { ref: false, ...(signal === undefined ? {} : { signal }) }),
};
const refused = (): Promise<never> => Promise.reject(new EngineError("UNSUPPORTED", "Not in this test."));
const NO_LIBRARIES = {
  runBash: refused,
  runPowershell: refused,
  runExpect: refused,
  runSync: refused,
  retrieveCredentials: refused,
  upgradePassword: refused,
};
const HOST = { name: "localhost", reference: "UNIX_HOST-1", binaryPath: "/x", scratchPath: "/y" };
const CONNECTION = {
  environment: { name: "e", reference: "UNIX_HOST_ENVIRONMENT-1", host: HOST },
  user: { name: "u", reference: "HOST_USER-1" },
};

async function unpackArtifact(sandbox: PluginSandbox): Promise<string> {
  for (const [name, contents] of Object.entries(await sandbox.artifactSource())) {
    await mkdir(dirname(sandbox.path(`unpacked/${name}`)), { recursive: true });
    await writeFile(sandbox.path(`unpacked/${name}`), contents);
  }
  await chmod(sandbox.directory, 0o755);
  return sandbox.path("unpacked");
}

describe("the trace of a plugin's operations", () => {
  it("tells each call that a runtime made, with its job, its duration and how it went", async () => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT");
    await buildPlugin({ configFile: sandbox.configFile, typeCheck: false });
    const logs = createPluginLogs({ directory: sandbox.path("logs"), clock });
    const runtime = await createPluginRuntime({ clock, logs });
    const pluginType: PluginType = "DIRECT";
    const plugin = {
      reference: "APPDATA_TOOLKIT-1",
      name: "My files",
      language: "TYPESCRIPT",
      pluginType,
      entryPoint: "plugin:plugin",
      sourceDirectory: await unpackArtifact(sandbox),
    };
    const virtualSource = { guid: "g", connection: CONNECTION, parameters: { mountPath: "/mnt/copy" }, mounts: [] };
    const shared = { plugin, secrets: [], libraries: NO_LIBRARIES, signal: new AbortController().signal };
    try {
      const specification = await runtime.call({
        ...shared,
        operation: "virtual.mountSpecification",
        arguments: { virtualSource, repository: { name: "r" } },
        logPrefix: "[Worker-7|JOB-7|PROVISION(APPDATA_CONTAINER-1)]",
      });
      expect(specification).toMatchObject({ mounts: [{ mountPath: "/mnt/copy" }] });
      const failing = runtime.call({
        ...shared,
        operation: "discovery.repository",
        arguments: { sourceConnection: CONNECTION },
        logPrefix: "[MONITOR]",
      });
      await expect(failing).rejects.toBeInstanceOf(Error);
    } finally {
      await runtime.close();
      await logs.close();
    }
    const [file] = (await logs.files("My files")).filter(({ name }) => name === "debug.log");
    const trace = readOperationTrace(Buffer.concat(await (file?.open() ?? Readable.from([])).toArray()).toString("utf8"));
    expect(trace).toMatchObject([
      { operation: "virtual.mountSpecification", job: "JOB-7", hasFailed: false },
      { operation: "discovery.repository", hasFailed: true },
    ]);
    expect(trace[1]?.job).toBeUndefined();
    expect(trace[0]?.durationMs).toBeLessThan(5000);
  });

  it("takes no other line for a call", () => {
    const lines = [
      "2026-11-21T10:00:00.000Z INFO [Worker-1|JOB-1|SYNC(X-1)] virtual.start answered after 3 ms",
      "2026-11-21T10:00:00.000Z DEBUG [Worker-1|JOB-1|SYNC(X-1)] virtual.unheardOf answered after 3 ms",
      "2026-11-21T10:00:00.000Z DEBUG [Monitor|VDB_STATUS(X-1)] virtual.status was cancelled after 3 ms",
      "2026-11-21T10:00:00.000Z DEBUG [Worker-1|JOB-1|SYNC(X-1)] it said: virtual.start answered after 3 ms",
      "  | 2026-11-21T10:00:00.000Z DEBUG [JOB-1] virtual.start answered after 3 ms",
      "",
    ];
    expect(readOperationTrace(lines.join("\n"))).toEqual([]);
  });
});

describe("an archive of logs", () => {
  it.each([[""], ["a-plugin-whose-name-makes-the-path-longer-than-a-tar-header-holds-which-takes-a-header-of-its-own-".repeat(2)]])(
    "gives the file asked for (folder %j)",
    async (name) => {
      await using sandbox = await PluginSandbox.empty();
      const folder = `log/${name === "" ? "short" : name.slice(0, 200)}`;
      await mkdir(sandbox.path(folder), { recursive: true });
      await sandbox.write(`${folder}/a.log`, "x".repeat(700));
      await sandbox.write(`${folder}/debug.log`, "what was said\n");
      await run("tar", [
        "--format=pax",
        "-czf",
        sandbox.path("logs.tar.gz"),
        "-C",
        sandbox.directory,
        `${folder}/a.log`,
        `${folder}/debug.log`,
      ]);
      const archive = new Blob([await readFile(sandbox.path("logs.tar.gz"))]).stream() as ReadableStream<Uint8Array>;
      expect(await readLogArchive(archive, "/debug.log")).toBe("what was said\n");
    },
  );
});
