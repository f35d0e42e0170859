import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PluginVersion } from "@opendvp/core";
import type { EngineError } from "@opendvp/model";
import { runProcess } from "@opendvp/subprocess";
import { buildPlugin, removePlugins } from "./support/build-plugin.ts";
import { createHarness, type RuntimeHarness } from "./support/runtime-harness.ts";

/** Under version 1 of control groups, and where it is not mounted, none. */
function groupsOfThisEngine(): string[] {
  const place = "/sys/fs/cgroup/pids";
  return existsSync(place) ? readdirSync(place).filter((name) => name.startsWith(`opendvp-plugin-${process.pid}-`)) : [];
}

interface Sight {
  readonly uid: number;
  readonly groups: readonly number[];
  readonly environment: readonly string[];
  readonly root: readonly string[];
  readonly processes: number;
  readonly directory: string;
  readonly descriptors: number;
}

describe.skipIf(process.getuid?.() !== 0)("as root, a plugin process", () => {
  let harness: RuntimeHarness;
  let plugin: PluginVersion;
  let workDirectory: string;

  beforeAll(async () => {
    workDirectory = await mkdtemp(join(tmpdir(), "opendvp-test-work-"));
    harness = await createHarness({ guards: { workDirectory } });
    plugin = await buildPlugin("ill-behaved");
  });
  afterAll(async () => {
    await harness.close();
    await rm(workDirectory, { recursive: true });
  });

  async function look(): Promise<Sight> {
    const error = (await harness.call(plugin, { how: "lookAround" }).catch((thrown: unknown) => thrown)) as EngineError;
    return JSON.parse(error.details["output"] as string) as Sight;
  }

  test("lacks no guard on a machine that gives them all", () => {
    expect(harness.runtime.status().missingGuards).toEqual([]);
  });

  test("has a user of its own without other groups", async () => {
    const { uid, groups } = await look();
    expect(uid).toBeGreaterThanOrEqual(1_900_000_000);
    expect(groups).toEqual([uid]);
  });

  test("sees the system's programs, its own code and nothing else", async () => {
    const { root, directory, processes, environment } = await look();
    expect(root.filter((name) => !/^(bin|sbin|lib\w*|usr|etc|dev|proc|tmp|opendvp)$/.test(name))).toEqual([]);
    expect(directory).toBe("/opendvp/plugin");
    expect(processes).toBeLessThanOrEqual(3);
    expect(environment.filter((name) => !/^(PATH|LANG|PWD|OLDPWD|SHLVL|_|OPENDVP_CHILD)$/.test(name))).toEqual([]);
  });

  test("does not pin what is mounted on the host", async () => {
    const place = await mkdtemp(join(tmpdir(), "opendvp-test-mount-"));
    const image = join(place, "image");
    const dataset = join(place, "dataset");
    await mkdir(dataset);
    try {
      await runProcess({ file: "truncate", args: ["-s", "64M", image] });
      await runProcess({ file: "mkfs.ext4", args: ["-q", image] });
      expect(await runProcess({ file: "mount", args: ["-o", "loop", image, dataset] })).toMatchObject({ exitCode: 0 });
      await harness.runtime.retire(plugin.reference);
      await harness.call(plugin);
      expect(await runProcess({ file: "umount", args: [dataset] })).toMatchObject({ exitCode: 0 });
      // The loop device goes only when no namespace holds the file system any more.
      await expect.poll(async () => (await runProcess({ file: "losetup", args: ["-j", image] })).stdout).toBe("");
    } finally {
      await runProcess({ file: "umount", args: ["-l", dataset] });
      await rm(place, { recursive: true, force: true });
    }
  });

  test("leaves no control group and no mount behind", async () => {
    await harness.runtime.retire(plugin.reference);
    await expect.poll(groupsOfThisEngine).toEqual([]);
    expect(readFileSync("/proc/self/mounts", "utf8")).not.toContain(workDirectory);
  });
});

test("plugin processes end when the engine is killed", async () => {
  const place = await mkdtemp(join(tmpdir(), "opendvp-test-engine-"));
  const plugin = await buildPlugin("ill-behaved");
  const script = join(place, "engine.mjs");
  const runtimeModule = new URL("../dist/index.js", import.meta.url).href;
  await writeFile(script, engineScript(runtimeModule, plugin));
  const engine = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const pid = await new Promise<number>((resolve) => engine.stdout.once("data", (chunk: Buffer) => resolve(Number(chunk.toString()))));
    expect(existsSync(`/proc/${pid}`)).toBe(true);
    engine.kill("SIGKILL");
    await expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 5000 }).toBe(false);
  } finally {
    engine.kill("SIGKILL");
    await rm(place, { recursive: true });
    await removePlugins();
  }
});

/** An engine with one plugin that is busy for ever; it prints the pid of its process. */
function engineScript(runtimeModule: string, plugin: PluginVersion): string {
  return `
    import { setTimeout as sleep } from "node:timers/promises";
    import { createPluginRuntime } from ${JSON.stringify(runtimeModule)};
    const clock = { now: () => new Date(), monotonicMs: () => performance.now(), sleep: (ms, signal) => sleep(ms, undefined, { signal }) };
    const logs = { write() {}, files: async () => [], close: async () => {} };
    const runtime = await createPluginRuntime({ clock, logs });
    const value = { name: "", reference: "", binaryPath: "", scratchPath: "" };
    const connection = { environment: { name: "", reference: "", host: value }, user: { name: "", reference: "" } };
    const virtualSource = { guid: "g", connection, parameters: { how: "ignoreCancel" }, mounts: [] };
    void runtime.call({
      plugin: ${JSON.stringify(plugin)}, operation: "virtual.start", logPrefix: "", libraries: {},
      arguments: { virtualSource }, signal: new AbortController().signal,
    });
    for (;;) {
      await sleep(20);
      const [process] = runtime.status().processes;
      if (process !== undefined) { console.log(process.pid); break; }
    }
    await sleep(60_000);
  `;
}
