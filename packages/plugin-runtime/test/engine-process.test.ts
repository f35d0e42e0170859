import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PluginVersion } from "@opendvp/core";
import { runProcess, type ProcessResult } from "@opendvp/subprocess";
import { buildHostilePlugin, buildPlugin, removePlugins } from "./support/build-plugin.ts";
import { buildRuntime } from "./support/build-runner.ts";
import { writeEngineProgram, type EngineProgram } from "./support/engine-program.ts";

const NOBODY = 65534;

/** Runs a program as a user without any rights. */
function asNobody(...command: readonly string[]): Promise<ProcessResult> {
  const user = ["--reuid", String(NOBODY), "--regid", String(NOBODY), "--clear-groups", "--"];
  return runProcess({ file: "setpriv", args: [...user, ...command], timeLimitMs: 20_000 });
}

const unshare = ["unshare", "--user", "--map-root-user", "--mount"];
const canBeNobody = process.getuid?.() === 0 && (await asNobody(...unshare, "test", "-r", import.meta.filename)).exitCode === 0;

let plugin: PluginVersion;

beforeAll(async () => {
  buildRuntime();
  plugin = await buildPlugin("ill-behaved");
});
afterAll(removePlugins);

test("plugin processes end when the engine is killed", async () => {
  const program = await writeEngineProgram(plugin, "ignoreCancel");
  const engine = spawn(process.execPath, [program.file], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const pid = await processOf(engine.stdout);
    expect(existsSync(`/proc/${pid}`)).toBe(true);
    engine.kill("SIGKILL");
    await expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 5000 }).toBe(false);
  } finally {
    engine.kill("SIGKILL");
    await program.remove();
  }
});

describe.skipIf(!canBeNobody)("an engine without root (needs root, user namespaces for everybody, and a checkout for every user)", () => {
  test("gives what a user namespace can, and says what is missing", async () => {
    const program = await writeEngineProgram(plugin, "lookAround");
    try {
      const { stdout, stderr } = await asNobody(process.execPath, program.file);
      expect(stderr).toBe("");
      const [guards, ...others] = stdout.trim().split("\n");
      expect(JSON.parse(guards ?? "")).toEqual({
        missingGuards: [expect.stringContaining("own user"), expect.stringContaining("Control groups")],
      });
      const failure = JSON.parse(others.at(-1) ?? "") as { readonly details: { readonly output: string } };
      const sight = JSON.parse(failure.details.output) as { readonly root: readonly string[]; readonly processes: number };
      expect(sight.root).not.toContain("home");
      expect(sight.processes).toBeLessThanOrEqual(4);
    } finally {
      await program.remove();
    }
  });

  test("does not let a plugin change what belongs to both of them", async () => {
    const own = await buildHostilePlugin("write-to-engine");
    await runProcess({ file: "chown", args: ["-R", String(NOBODY), own.sourceDirectory] });
    const program = await writeEngineProgram(own, "");
    try {
      const { stdout } = await asNobody(process.execPath, program.file);
      const failure = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as { readonly details: { readonly output: string } };
      expect(JSON.parse(failure.details.output)).toEqual([]);
    } finally {
      await program.remove();
    }
  });
});

describe.skipIf(process.getuid?.() !== 0)("an engine as root (needs root) says what is missing", () => {
  interface Told {
    readonly missingGuards: readonly string[];
    readonly failure: { readonly code: string; readonly message: string };
  }

  /** What an engine program prints that this command starts, of its guards and of its only operation. */
  async function toldBy(file: string, args: readonly string[], program: EngineProgram): Promise<Told> {
    try {
      const { stdout, stderr } = await runProcess({ file, args: [...args, process.execPath, program.file], timeLimitMs: 20_000 });
      expect(stderr).toBe("");
      const lines = stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as object);
      return { ...(lines[0] as Pick<Told, "missingGuards">), failure: lines.at(-1) as Told["failure"] };
    } finally {
      await program.remove();
    }
  }

  test("where control groups cannot be written; the number of processes is limited all the same", async () => {
    const program = await writeEngineProgram(await buildHostilePlugin("fork-until-refused"), "");
    const withoutGroups = ["--mount", "sh", "-c", 'umount --recursive --lazy /sys/fs/cgroup && exec "$@"', "sh"];
    const { missingGuards, failure } = await toldBy("unshare", withoutGroups, program);
    expect(missingGuards).toEqual([
      expect.stringMatching(/^Control groups cannot be written: .* watched once a second .* the processor\.$/),
    ]);
    expect(failure).toMatchObject({ code: "PLUGIN_BUG", message: expect.stringContaining("EAGAIN") as string });
  });

  test("where namespaces cannot be made, as in a container without the right to", async () => {
    const program = await writeEngineProgram(plugin, "lookAround");
    const { missingGuards, failure } = await toldBy("setpriv", ["--inh-caps=-sys_admin", "--bounding-set=-sys_admin"], program);
    expect(missingGuards).toEqual([
      expect.stringMatching(
        /^Plugin processes share the engine's user, files and process table, because namespaces cannot be made: .*unshare/,
      ),
      expect.stringMatching(/^Control groups cannot be written: .*, and their number is not limited\.$/),
    ]);
    expect(failure).toMatchObject({ code: "PLUGIN_USER_ERROR" });
  });
});

/** The plugin process that an engine program tells of. */
async function processOf(output: Readable): Promise<number> {
  for await (const line of createInterface({ input: output })) {
    const { pid } = JSON.parse(line) as { readonly pid?: number };
    if (pid !== undefined) return pid;
  }
  throw new Error("The engine ended without a plugin process.");
}
