import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { createClient, type Client } from "@opendvp/client";

const PROGRAM = resolve(import.meta.dirname, "../../../../apps/engine/dist/opendvp-engine.js");

/** The engine is a program: it has to be built. */
export const hasEngine = existsSync(PROGRAM);

/** As root commands run as somebody else, otherwise as whoever runs the test. */
export const environmentUser = userInfo().uid === 0 ? "nobody" : userInfo().username;

/** A real engine with a copying pool, in a directory of its own, that goes with the test. */
export class ThrowAwayEngine implements AsyncDisposable {
  readonly directory: string;
  readonly client: Client;
  readonly #process: ChildProcess;

  private constructor(directory: string, client: Client, process: ChildProcess) {
    this.directory = directory;
    this.client = client;
    this.#process = process;
  }

  static async start(): Promise<ThrowAwayEngine> {
    const directory = await mkdtemp(join(tmpdir(), "dvp-engine-test-"));
    await chmod(directory, 0o755);
    const storage = `copy:${join(directory, "pool")}`;
    const args = [
      "--data-dir",
      join(directory, "data"),
      "--storage",
      storage,
      "--listen",
      "127.0.0.1:0",
      "--environment-user",
      environmentUser,
    ];
    const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ["ignore", "pipe", "ignore"] });
    const { address, password } = await announced(child);
    const { access_token } = await createClient({ address }).session.login({ body: { username: "admin", password } });
    return new ThrowAwayEngine(directory, createClient({ address, apiKey: access_token }), child);
  }

  async workDirectory(): Promise<string> {
    const directory = join(this.directory, "work");
    await mkdir(directory, { mode: 0o755 });
    return directory;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exited = new Promise((done) => this.#process.once("exit", done));
    this.#process.kill("SIGTERM");
    await exited;
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** The engine's first lines: the password of a first start, and where it listens. */
async function announced(child: ChildProcess): Promise<{ readonly address: string; readonly password: string }> {
  if (child.stdout === null) throw new TypeError("The engine is started with a pipe.");
  let password = "";
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as { event: string; password?: string; address?: string };
    if (said.event === "first-start") password = said.password ?? "";
    if (said.event === "ready") {
      child.stdout.resume();
      return { address: said.address ?? "", password };
    }
    if (said.event === "failed") break;
  }
  throw new Error("The engine did not start.");
}
