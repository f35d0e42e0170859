import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createClient, jobError, waitForJob, type Client } from "@opendvp/client";
import type { Job } from "@opendvp/contract";
import { cleanUpLeftovers, makeLoopFileSystem, makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";
import { runProcess } from "@opendvp/subprocess";
import { runEngineProgram, type EngineProgram } from "./engine-program.ts";
import { ENVIRONMENT_USER, ensureEnvironmentUser } from "./environment-user.ts";
import { makeTestStorage } from "./test-storage.ts";

/** Beyond the grace that the engine gives to its jobs. */
const END_LIMIT_MS = 30_000;

export interface EngineUnderTestOptions {
  /** As the engine's `--storage`: `embedded:2G`; or `zfs`, `reflink` or `copy` for such a pool in the test's directory. */
  readonly storage: string;
  /** Who commands and copies run as; default: the user that set-up makes. */
  readonly environmentUser?: string;
  /** The data directory is a file system of its own, of this size. Needs root. */
  readonly dataDirectoryBytes?: number;
  /** Further arguments of every start. */
  readonly args?: readonly string[];
}

/** An engine of a test's own. */
export interface EngineUnderTest extends AsyncDisposable {
  /** Everything of the test lies below; every user may enter it. */
  readonly directory: string;
  readonly dataDirectory: string;
  readonly environmentUser: string;
  /** Logged in as the first administrator. After a restart, take it anew: the engine listens elsewhere. */
  readonly client: Client;
  readonly pid: number;
  /** Waits for the job of an answer and gives the answer; throws the job's error if it did not succeed. */
  run<A extends { readonly job: Job }>(answer: Promise<A>): Promise<A>;
  /** SIGKILL, as the kernel or a power cut would. What it had started is left as it is. */
  kill(): Promise<void>;
  /** An orderly end. */
  stop(): Promise<void>;
  /** Takes away what the engine has mounted and a reboot would not bring back: copies, and the file systems of its pool. */
  unmountAll(): Promise<void>;
  /** Starts it again on the same data; one that runs is stopped before. */
  restart(): Promise<void>;
}

/** Starts an engine on storage of its own and logs in. Dispose of it, or everything below its directory stays. */
export async function startEngineUnderTest(options: EngineUnderTestOptions): Promise<EngineUnderTest> {
  const { storage, environmentUser = ENVIRONMENT_USER, dataDirectoryBytes: sizeBytes, args = [] } = options;
  await cleanUpLeftovers();
  await ensureEnvironmentUser();
  const directory = await makeTestDirectory();
  const dataDirectory = join(directory, "engine");
  let place = storage;
  const start = (): Promise<EngineProgram> =>
    runEngineProgram({
      directory,
      args: [
        ...["--data-dir", dataDirectory, "--listen", "127.0.0.1:0", "--environment-user", environmentUser],
        ...["--storage", place],
        ...args,
      ],
    });
  try {
    if (sizeBytes !== undefined) await makeLoopFileSystem({ directory, name: "engine", fileSystem: "ext4", sizeBytes });
    place = await makeTestStorage(storage, directory);
    const program = await start();
    return createEngineUnderTest({ directory, dataDirectory, environmentUser, start, program, apiKey: await logIn(program) });
  } catch (error) {
    await removeTestDirectory(directory);
    throw error;
  }
}

interface Parts {
  readonly directory: string;
  readonly dataDirectory: string;
  readonly environmentUser: string;
  readonly start: () => Promise<EngineProgram>;
  readonly program: EngineProgram;
  readonly apiKey: string;
}

function createEngineUnderTest({ start, apiKey, ...parts }: Parts): EngineUnderTest {
  const { directory, dataDirectory, environmentUser } = parts;
  let { program } = parts;
  let client = createClient({ address: program.address, apiKey });
  let isRunning = true;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!isRunning) return;
    isRunning = false;
    process.kill(program.process.pid, signal);
    const timer = setTimeout(() => void program.process.end(), END_LIMIT_MS);
    const ended = await program.process.exited;
    clearTimeout(timer);
    if (signal === "SIGTERM" && ended.exitCode !== 0) throw new Error(`The engine did not end in order: ${JSON.stringify(ended)}`);
  };
  return {
    directory,
    dataDirectory,
    environmentUser,
    get client() {
      return client;
    },
    get pid() {
      return program.process.pid;
    },
    async run(answer) {
      const given = await answer;
      const error = jobError(await waitForJob(client, given.job.id));
      if (error !== undefined) throw error;
      return given;
    },
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
    unmountAll: () => unmountBelow(directory),
    async restart() {
      await end("SIGTERM");
      program = await start();
      isRunning = true;
      client = createClient({ address: program.address, apiKey });
    },
    async [Symbol.asyncDispose]() {
      try {
        await end("SIGTERM");
      } finally {
        await removeTestDirectory(directory);
      }
    },
  };
}

/** What the test itself has mounted, an administrator would have mounted again at boot. */
async function unmountBelow(directory: string): Promise<void> {
  const lines = (await readFile("/proc/self/mountinfo", "utf8")).split("\n").map((line) => line.split(" "));
  const paths = lines.filter((fields) => !fields.includes("xfs") || fields[3] !== "/").map(([, , , , path = ""]) => decodeMountPath(path));
  for (const path of paths.filter((one) => one.startsWith(`${directory}/`)).reverse()) {
    const { exitCode, stderr } = await runProcess({ file: "umount", args: ["--", path] });
    if (exitCode !== 0) throw new Error(stderr);
  }
}

function decodeMountPath(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

/** A key that lives as long as the engine's data. */
async function logIn({ address, password }: EngineProgram): Promise<string> {
  if (password === undefined) throw new Error("The engine's first start gave no password.");
  const session = await createClient({ address }).session.login({ body: { username: "admin", password } });
  return session.access_token;
}
