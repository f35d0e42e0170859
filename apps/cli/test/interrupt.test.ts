import { spawn } from "node:child_process";
import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { initPlugin } from "@opendvp/plugin-tools";
import { describe, expect, it, onTestFinished, vi } from "vitest";

const MAIN = fileURLToPath(new URL("../bin/dvp.mjs", import.meta.url));
const ENGINE = fileURLToPath(new URL("../../engine/dist/opendvp-engine.js", import.meta.url));
/** Longer than any test. */
const HANGS = "\nAtomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600_000);\n";
const PATIENCE = { timeout: 80_000, interval: 50 };

interface Place {
  readonly home: string;
  /** Where the program makes its temporary directories. */
  readonly temporary: string;
  readonly configFile: string;
}

/** A new plugin, and a directory for all that is made while it is built or tested. */
async function place(): Promise<Place> {
  const home = await mkdtemp(join(tmpdir(), "dvp-interrupt-"));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const [temporary, directory] = [join(home, "temporary"), join(home, "plugin")];
  await mkdir(temporary);
  // A user without rights goes through it to what is mounted.
  await chmod(home, 0o755);
  await initPlugin({ name: "Files", directory, strategy: "DIRECT", hostType: "UNIX", language: "TYPESCRIPT" });
  return { home, temporary, configFile: join(directory, "plugin_config.yml") };
}

interface Running {
  readonly err: () => string;
  /** To the whole group, as a terminal does. */
  readonly send: (signal: NodeJS.Signals) => void;
  /** The signal that it ended by, or its exit code. */
  readonly ended: Promise<NodeJS.Signals | number | null>;
}

async function start(plugin: Place, ...args: string[]): Promise<Running> {
  return startWith(plugin, `exec "${process.execPath}" "${ENGINE}" "$@"`, ...args);
}

/** With an engine that is this shell command. */
async function startWith({ home, temporary }: Place, command: string, ...args: string[]): Promise<Running> {
  const engine = join(home, "engine");
  await writeFile(engine, `#!/bin/sh\n${command}\n`, { mode: 0o755 });
  const env = { PATH: process.env["PATH"], HOME: home, TMPDIR: temporary, OPENDVP_ENGINE: engine };
  const child = spawn(process.execPath, [MAIN, ...args], {
    env,
    cwd: import.meta.dirname,
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let err = "";
  child.stderr.on("data", (text: Buffer) => (err += text.toString()));
  const send = (signal: NodeJS.Signals): void => void process.kill(-(child.pid ?? NaN), signal);
  return { err: () => err, send, ended: new Promise((resolve) => child.once("close", (code, signal) => resolve(signal ?? code))) };
}

/** What the program has made there. */
async function made({ temporary }: Place): Promise<readonly string[]> {
  return (await readdir(temporary, { recursive: true })).filter((name) => name.startsWith("dvp-"));
}

/** Mounts, loop devices and processes that have to do with a directory. */
async function usesOf({ temporary }: Place): Promise<readonly string[]> {
  const devices = (await readdir("/sys/block")).map((name) => `/sys/block/${name}/loop/backing_file`);
  const processes = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map((pid) => `/proc/${pid}/cmdline`);
  const files = ["/proc/self/mountinfo", ...devices, ...processes];
  const texts = await Promise.all(files.map(async (file) => [file, await readFile(file, "utf8").catch(() => "")] as const));
  return texts.filter(([, text]) => text.includes(temporary)).map(([file]) => file);
}

describe("a signal", () => {
  it("ends a build at once that has nothing to take away yet, also in the middle of its check of types", async () => {
    const plugin = await place();
    const build = await start(plugin, "build", "-c", plugin.configFile);
    const generated = join(plugin.home, "plugin/src/generated");
    await rm(generated, { recursive: true });
    await vi.waitFor(async () => expect(await readdir(generated)).not.toEqual([]), PATIENCE);
    build.send("SIGINT");
    expect(await build.ended).toBe("SIGINT");
    expect(build.err()).toBe("");
    expect(await made(plugin)).toEqual([]);
    expect(await readdir(join(plugin.home, "plugin"))).not.toContain("artifact.json");
  }, 90_000);

  it("ends a build whose plugin does not come to load, and leaves nothing of it behind", async () => {
    const plugin = await place();
    await appendFile(join(plugin.home, "plugin/src/plugin.ts"), HANGS);
    const build = await start(plugin, "build", "-c", plugin.configFile, "--no-type-check");
    await vi.waitFor(async () => expect(await made(plugin)).toContainEqual(expect.stringMatching(/\/guards\b/)), PATIENCE);
    build.send("SIGTERM");
    expect(await build.ended).toBe("SIGTERM");
    expect(build.err()).toBe("Interrupted by SIGTERM: taking away what the build has begun …\nNothing of it is left.\n");
    expect(await made(plugin)).toEqual([]);
    expect(await readdir(join(plugin.home, "plugin"))).not.toContain("artifact.json");
    await vi.waitFor(async () => expect(await usesOf(plugin)).toEqual([]), PATIENCE);
  }, 90_000);

  it("is what a test ends by, also where it ends the engine that is being started as well", async () => {
    const plugin = await place();
    const test = await startWith(plugin, 'case "$1" in --*) kill -INT "$PPID"; sleep 1 ;; esac; exit 3', "test", "-c", plugin.configFile);
    expect(await test.ended).toBe("SIGINT");
    expect(test.err()).toMatch(/^(?:… .*\n)*Interrupted by SIGINT: .*\nNothing of it is left\.\n$/);
    expect(await made(plugin)).toEqual([]);
  }, 90_000);

  it.each([
    ["SIGINT", "while its engine starts", /\/engine\/engine\.log$/, undefined],
    ["SIGHUP", "in the middle of a phase", undefined, /… link/],
  ] as const)(
    "ends a test by %s %s, and takes away engine, mounts and directory",
    async (...[signal, , file, phase]) => {
      const plugin = await place();
      const test = await start(plugin, "test", "-c", plugin.configFile);
      await vi.waitFor(async () => {
        if (file !== undefined) expect(await made(plugin)).toContainEqual(expect.stringMatching(file));
        if (phase !== undefined) expect(test.err()).toMatch(phase);
      }, PATIENCE);
      test.send(signal);
      // As where a program in between hands Ctrl-C on.
      test.send(signal);
      expect(await test.ended).toBe(signal);
      expect(test.err()).toContain(
        `Interrupted by ${signal}: taking away the engine, its mounts and its directory …\nNothing of it is left.\n`,
      );
      expect(await made(plugin)).toEqual([]);
      await vi.waitFor(async () => expect(await usesOf(plugin)).toEqual([]), PATIENCE);
    },
    180_000,
  );
});
