import { existsSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";
import { startProcess, type RunningProcess } from "@opendvp/subprocess";

const PROGRAM = fileURLToPath(new URL("../../apps/engine/dist/opendvp-engine.js", import.meta.url));
const START_LIMIT_MS = 60_000;

export interface EngineStart {
  /** Where the engine runs, so that it is found by what it uses; its log goes to `engine.log` in it. */
  readonly directory: string;
  readonly args: readonly string[];
}

/** An engine's process that has said that it is ready. */
export interface EngineProgram {
  readonly address: string;
  /** Given by the first start only. */
  readonly password: string | undefined;
  readonly process: RunningProcess;
}

interface StartEvent {
  readonly event: string;
  readonly address?: string;
  readonly password?: string;
  readonly message?: string;
}

/** Starts the engine as it is shipped, and waits until it listens. */
export async function runEngineProgram({ directory, args }: EngineStart): Promise<EngineProgram> {
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is not built: run \`npm run build\`.`);
  const child = startProcess({ file: process.execPath, args: [PROGRAM, ...args], cwd: directory, label: "The engine", stdin: "ignore" });
  child.stderr.on("data", (chunk: Buffer) => void appendFile(`${directory}/engine.log`, chunk).catch(() => undefined));
  const events = readEvents(child);
  const timer = setTimeout(() => void child.end(), START_LIMIT_MS);
  try {
    return { ...(await events), process: child };
  } finally {
    clearTimeout(timer);
  }
}

/** Reads until the engine is ready; its later output is drained, so that a full pipe never holds it up. */
function readEvents(child: RunningProcess): Promise<{ readonly address: string; readonly password: string | undefined }> {
  return new Promise((resolve, reject) => {
    let password: string | undefined;
    let failure = "";
    createInterface({ input: child.stdout }).on("line", (line) => {
      const event = JSON.parse(line) as StartEvent;
      password = event.password ?? password;
      failure = event.message ?? failure;
      if (event.event === "ready" && event.address !== undefined) resolve({ address: event.address, password });
    });
    void child.exited.then(({ exitCode, signal }) => {
      reject(new Error(`The engine ended with ${String(exitCode ?? signal)} before it was ready. ${failure}`));
    });
  });
}
