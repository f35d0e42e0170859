import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PluginVersion } from "@opendvp/core";
import type { EngineError } from "@opendvp/model";
import { runProcess } from "@opendvp/subprocess";
import { buildPlugin } from "./support/build-plugin.ts";
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
    await mkdir(join(workDirectory, "opendvp-plugin-root-killed"));
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

  test("finds no mount point of a killed engine left", () => {
    expect(existsSync(join(workDirectory, "opendvp-plugin-root-killed"))).toBe(false);
  });

  test("leaves no control group and no mount behind", async () => {
    await harness.runtime.retire(plugin.reference);
    await expect.poll(groupsOfThisEngine).toEqual([]);
    expect(readFileSync("/proc/self/mounts", "utf8")).not.toContain(workDirectory);
  });
});
