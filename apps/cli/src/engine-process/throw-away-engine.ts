import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { type Client, createClient } from "@opendvp/client";
import { EngineError } from "@opendvp/model";
import { endUsersOf } from "@opendvp/subprocess";
import type { Terminal } from "../terminal.ts";
import { definedEnvironment } from "./defined-environment.ts";
import { locateEngine } from "./locate-engine.ts";
import { startEngine } from "./start-engine.ts";
import { stopEngine } from "./stop-engine.ts";
import { takeDownEngine } from "./take-down-engine.ts";
import { unmountBelow } from "./unmount-below.ts";

export interface ThrowAwayEngine {
  /** Of the administrator. */
  readonly client: Client;
  /** Gone afterwards. */
  readonly directory: string;
  /** A directory that the environment user may enter. */
  readonly workDirectory: string;
  readonly environmentUser: string;
}

export interface ThrowAwayOptions {
  readonly storage: string | undefined;
  readonly environmentUser: string | undefined;
  /** Ends the use of the engine early. */
  readonly signal: AbortSignal;
}

const TIME_LIMIT_MS = 60_000;
/** What its jobs would still do is thrown away with it. */
const STOP_LIMIT_MS = 10_000;

/**
 * Starts an engine in a directory of its own, lets `work` use it, and takes both away again, whatever happened.
 * @throws the signal's reason once that is aborted and both are gone
 */
export async function withThrowAwayEngine<T>(
  terminal: Terminal,
  options: ThrowAwayOptions,
  work: (engine: ThrowAwayEngine) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "dvp-test-"));
  // Datasets are mounted below it, for a user who is not its owner.
  await chmod(directory, 0o755);
  const [dataDirectory, workDirectory] = [join(directory, "engine"), join(directory, "work")];
  await mkdir(workDirectory, { mode: 0o755 });
  const environmentUser = options.environmentUser ?? (await defaultUser());
  const args = [
    "--data-dir",
    dataDirectory,
    "--listen",
    "127.0.0.1:0",
    "--environment-user",
    environmentUser,
    "--storage",
    storageOf(options, directory),
  ];
  try {
    options.signal.throwIfAborted();
    const program = await locateEngine(terminal);
    // One that is half started could not be stopped in order: a signal waits for this.
    const started = await startEngine({ program, args, dataDirectory, env: definedEnvironment(terminal), timeLimitMs: TIME_LIMIT_MS });
    options.signal.throwIfAborted();
    return await Promise.race([work({ client: await login(started), directory, workDirectory, environmentUser }), aborted(options.signal)]);
  } finally {
    await takeAway(terminal, directory, dataDirectory);
    // Whatever has failed meanwhile: the same signal may have ended the engine, and it may come as late as here.
    options.signal.throwIfAborted();
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const giveUp = (): void => reject(EngineError.from(signal.reason));
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
  });
}

/** The plugin under test may leave anything behind: what cannot be taken down in order goes as soon as it is no longer in use. */
async function takeAway(terminal: Terminal, directory: string, dataDirectory: string): Promise<void> {
  await stopEngine(dataDirectory, STOP_LIMIT_MS).catch(() => undefined);
  // Also one that never became ready.
  await endUsersOf(directory).catch(() => undefined);
  const env = definedEnvironment(terminal);
  const request = { args: ["--data-dir", dataDirectory], dataDirectory, env, isForced: true, timeLimitMs: TIME_LIMIT_MS };
  const program = await locateEngine(terminal).catch(() => undefined);
  if (program !== undefined) await takeDownEngine({ ...request, program, onProgress: () => undefined }).catch(() => undefined);
  await unmountBelow(directory);
  await rm(directory, { recursive: true, force: true });
}

async function login(started: { readonly address: string; readonly username?: string; readonly password?: string }): Promise<Client> {
  const { address, username, password } = started;
  if (username === undefined || password === undefined) {
    throw new EngineError("INTERNAL", "The throw-away engine made no administrator.", { action: "Report this as a defect of the engine." });
  }
  const { access_token: apiKey } = await createClient({ address }).session.login({ body: { username, password } });
  return createClient({ address, apiKey });
}

function storageOf({ storage }: ThrowAwayOptions, directory: string): string {
  return storage ?? (userInfo().uid === 0 ? "embedded:4G" : `copy:${join(directory, "pool")}`);
}

/** Oneself, or as root the user that set-up makes, else one without rights. */
async function defaultUser(): Promise<string> {
  const self = userInfo();
  if (self.uid !== 0) return self.username;
  const users = await readFile("/etc/passwd", "utf8");
  return /^opendvp:/m.test(users) ? "opendvp" : "nobody";
}
