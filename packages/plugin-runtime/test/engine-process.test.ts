import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PluginVersion } from "@opendvp/core";
import { runProcess } from "@opendvp/subprocess";
import { buildPlugin, removePlugins } from "./support/build-plugin.ts";
import { buildRuntime } from "./support/build-runner.ts";
import { writeEngineProgram } from "./support/engine-program.ts";

const NOBODY = 65534;

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

test("an engine without root gives what a user namespace can, and says what is missing", async (context) => {
  context.skip(process.getuid?.() !== 0, "Needs root, to become a user without.");
  const program = await writeEngineProgram(plugin, "lookAround");
  const asNobody = ["--reuid", String(NOBODY), "--regid", String(NOBODY), "--clear-groups", "--"];
  try {
    const canRead = await runProcess({ file: "setpriv", args: [...asNobody, "test", "-r", import.meta.filename] });
    context.skip(canRead.exitCode !== 0, "Needs a checkout that every user may read.");
    const canUnshare = await runProcess({
      file: "setpriv",
      args: [...asNobody, "unshare", "--user", "--map-root-user", "--mount", "true"],
    });
    context.skip(canUnshare.exitCode !== 0, "Needs user namespaces for everybody.");
    const { stdout, stderr } = await runProcess({
      file: "setpriv",
      args: [...asNobody, process.execPath, program.file],
      timeLimitMs: 20_000,
    });
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

/** The plugin process that an engine program tells of. */
async function processOf(output: Readable): Promise<number> {
  for await (const line of createInterface({ input: output })) {
    const { pid } = JSON.parse(line) as { readonly pid?: number };
    if (pid !== undefined) return pid;
  }
  throw new Error("The engine ended without a plugin process.");
}
