import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { listeningEngine } from "./listening-engine.ts";

const MAIN = fileURLToPath(new URL("../bin/dvp.mjs", import.meta.url));
const ENGINE = fileURLToPath(new URL("../../engine/dist/opendvp-engine.js", import.meta.url));

interface Ended {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** `dvp` as a process of its own. */
async function dvp(env: Readonly<Record<string, string>>, args: readonly string[], stdin = ""): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env["PATH"], ...env }, cwd: fileURLToPath(new URL(".", import.meta.url)) };
    const child = execFile(process.execPath, [MAIN, ...args], options, (error, out, err) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), out, err });
    });
    child.stdin?.end(stdin);
  });
}

async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "dvp-process-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

describe("dvp as a process", () => {
  it("logs in, works, and ends with the exit codes that are documented", async () => {
    const { address } = await listeningEngine();
    const HOME = await temporaryDirectory();
    const login = await dvp({ HOME }, ["login", "--engine", address, "--user", "admin", "--password-stdin"], "admin-secret\n");
    expect([login.exitCode, login.err]).toEqual([0, ""]);
    const [list, missing, usage, away, stop] = await Promise.all([
      dvp({ HOME }, ["vdb", "list", "--json"]),
      dvp({ HOME }, ["vdb", "show", "nothing"]),
      dvp({ HOME }, ["vdb", "nothing"]),
      dvp({ HOME, DVP_ENGINE: "127.0.0.1:49151", DVP_API_KEY: "x" }, ["vdb", "list"]),
      dvp({ HOME }, ["vdb", "stop", "vdb1"]),
    ]);
    expect(JSON.parse(list.out)).toMatchObject({ items: [{ name: "vdb1" }] });
    expect([list, missing, usage, away, stop].map(({ exitCode }) => exitCode)).toEqual([0, 3, 2, 7, 0]);
    expect(away.err).toContain("nothing listens there");
    expect(stop.out).toMatch(/^stop vdb1: done/);
  });

  it("says how to find a job again when Ctrl-C ends the wait for it", async () => {
    const { address, engine, keys } = await listeningEngine();
    engine.jobs.gate = new Promise(() => undefined);
    const env = { HOME: await temporaryDirectory(), DVP_ENGINE: address, DVP_API_KEY: keys.admin, PATH: process.env["PATH"] };
    const child = execFile(process.execPath, [MAIN, "vdb", "stop", "vdb1"], { env, cwd: import.meta.dirname });
    let err = "";
    child.stderr?.on("data", (text: string) => (err += text));
    const ended = new Promise((resolve) => child.once("close", (_code, signal) => resolve(signal)));
    await vi.waitFor(() => expect(engine.jobs.watcherCount).toBeGreaterThan(0), 20_000);
    child.kill("SIGINT");
    expect(await ended).toBe("SIGINT");
    expect(err).toMatch(/^stop vdb1 goes on\. Follow it with `dvp job watch (JOB-\d+)`, end it with `dvp job cancel \1`\.\n$/m);
  });

  it("starts an engine that lives on, tells its first password once, and stops it", async () => {
    const HOME = await temporaryDirectory();
    const program = join(HOME, "engine");
    await writeFile(program, `#!/bin/sh\nexec "${process.execPath}" "${ENGINE}" "$@"\n`);
    await chmod(program, 0o755);
    const env = { HOME, OPENDVP_ENGINE: program, OPENDVP_DATA_DIR: join(HOME, "data") };
    onTestFinished(async () => {
      await dvp(env, ["engine", "stop"]);
    });
    const start = ["engine", "start", "--storage", `copy:${join(HOME, "pool")}`, "--listen", "127.0.0.1:0", "--json"];
    const first = await dvp({ ...env, DVP_API_KEY: "hush" }, start);
    expect([first.exitCode, first.err]).toEqual([0, ""]);
    const { address, username, password, pid } = JSON.parse(first.out) as {
      address: string;
      username: string;
      password: string;
      pid: number;
    };
    expect(username).toBe("admin");
    // A secret of the command line's is none of the engine's business, and the first password stands in no log.
    expect(await readFile(`/proc/${pid}/environ`, "utf8")).not.toContain("hush");
    expect(await readFile(join(HOME, "data", "engine.log"), "utf8")).not.toContain(password);
    const second = await dvp(env, start);
    expect([second.exitCode, second.err]).toEqual([4, expect.stringContaining("ENGINE_ALREADY_RUNNING")]);
    // Without an address: the one that runs here.
    const login = await dvp({ ...env, DVP_PASSWORD: password }, ["login", "--user", username]);
    expect([login.exitCode, login.out]).toEqual([0, expect.stringContaining(address)]);
    expect((await dvp(env, ["engine", "status"])).out).toMatch(
      /Pool +\S+ \(copy, full copies\) .*\n.*\n {2}cannot do +thin copies, snapshots of running data/,
    );
    expect((await dvp(env, ["engine", "stop"])).out).toBe("The engine has stopped.\n");
    const again = JSON.parse((await dvp(env, start)).out) as object;
    expect(again).not.toHaveProperty("password");
    expect((await dvp(env, ["engine", "stop"])).exitCode).toBe(0);
  }, 90_000);

  it("says why an engine does not start", async () => {
    const HOME = await temporaryDirectory();
    const program = join(HOME, "engine");
    await writeFile(program, "#!/bin/sh\necho 'no luck today' >&2\nexit 3\n");
    await chmod(program, 0o755);
    const ran = await dvp({ HOME, OPENDVP_ENGINE: program }, ["engine", "start", "--data-dir", join(HOME, "data")]);
    expect([ran.exitCode, ran.err]).toEqual([
      7,
      expect.stringMatching(/ended with the exit code 3\.\nno luck today\nLook at .*engine\.log/),
    ]);
  });

  it("does not wait for ever for an engine that never becomes ready", async () => {
    const HOME = await temporaryDirectory();
    const program = join(HOME, "engine");
    await writeFile(program, "#!/bin/sh\nexec sleep 5\n");
    await chmod(program, 0o755);
    const ran = await dvp({ HOME, OPENDVP_ENGINE: program }, ["engine", "start", "--data-dir", join(HOME, "data"), "--timeout", "1"]);
    expect([ran.exitCode, ran.err]).toEqual([7, expect.stringContaining("was not ready after 1 s")]);
  });
});
