import { fork, type ChildProcess } from "node:child_process";
import { channel } from "node:diagnostics_channel";
import { once } from "node:events";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { EngineError } from "@opendvp/model";
import { SETPRIV } from "../child-command.ts";
import type { ProcessRequest, ProcessResult } from "../process-request.ts";
import type { FromStarter, PortableRequest, ToStarter } from "./messages.ts";

/** The program of a starter; default: the one beside this file. */
export interface StarterProgram {
  readonly file: string;
  readonly execArgv: readonly string[];
  /** Where it works, and what it starts unless asked otherwise; default: where this process does. */
  readonly cwd?: string;
}

/** On the diagnostics channel `PROGRAMS_APART`: a program is handed on, as Node.js tells on its own of what it starts here. */
export interface ProgramApart {
  readonly file: string;
  /** Resolves when it has ended, however that was. */
  readonly ended: Promise<void>;
}

export const PROGRAMS_APART = "opendvp:programs-apart";

const announcements = channel(PROGRAMS_APART);

interface Waiting {
  readonly name: string;
  readonly resolve: (result: ProcessResult) => void;
  readonly reject: (error: EngineError) => void;
}

/** Beside this file, and run as this file is: as it was built, or as it was written. */
const OWN: StarterProgram = import.meta.url.endsWith(".ts")
  ? { file: fileURLToPath(new URL("main.ts", import.meta.url)), execArgv: process.execArgv, cwd: import.meta.dirname }
  : { file: fileURLToPath(new URL("main.js", import.meta.url)), execArgv: [] };

/** Streams and callbacks stay in the process that has them. */
export function canStartApart({ stdin = "ignore", onOutput, countOutput }: ProcessRequest): boolean {
  return (stdin === "ignore" || "text" in stdin) && onOutput === undefined && countOutput === undefined;
}

/** A process that starts programs for this one. It is started when it is first needed, and anew when it was lost. */
export class ProcessStarter {
  readonly #program: StarterProgram;
  readonly #waiting = new Map<number, Waiting>();
  #child: ChildProcess | undefined;
  #lastId = 0;

  constructor(program: StarterProgram = OWN) {
    this.#program = program;
  }

  /** As `runProcess`, for requests that can be handed on. */
  run(request: ProcessRequest): Promise<ProcessResult> {
    const running = this.#run(request);
    if (announcements.hasSubscribers) {
      const ended = running.then(
        () => undefined,
        () => undefined,
      );
      announcements.publish({ file: request.file, ended } satisfies ProgramApart);
    }
    return running;
  }

  async #run(request: ProcessRequest): Promise<ProcessResult> {
    const { signal, onOutput: _onOutput, countOutput: _countOutput, extraPipes: _extraPipes, ...rest } = request;
    const name = request.label ?? basename(request.file);
    if (signal?.aborted === true) throw canceled(name, signal.reason);
    const child = (this.#child ??= this.#start());
    const id = ++this.#lastId;
    const abort = (): void => void child.send({ type: "abort", id } satisfies ToStarter, () => undefined);
    signal?.addEventListener("abort", abort, { once: true });
    try {
      return await new Promise<ProcessResult>((resolve, reject) => {
        this.#waiting.set(id, { name, resolve, reject });
        child.ref();
        child.channel?.ref();
        child.send({ type: "run", id, request: rest as PortableRequest } satisfies ToStarter, (error) => {
          if (error !== null) reject(lost(name, error));
        });
      });
    } catch (error) {
      // The signal's own reason does not travel.
      throw error instanceof EngineError && error.code === "CANCELED" ? canceled(name, signal?.reason) : error;
    } finally {
      signal?.removeEventListener("abort", abort);
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) letGo(child);
    }
  }

  /** Programs under way go on, as after the end of an engine. */
  async close(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child?.connected !== true) return;
    const gone = once(child, "exit");
    child.disconnect();
    await gone;
  }

  #start(): ChildProcess {
    const { file, execArgv, cwd } = this.#program;
    // The kernel ends it with this process: a request that it had not read yet must not begin after whoever asked is gone.
    const child = fork(file, [String(process.pid)], {
      cwd,
      execPath: SETPRIV,
      execArgv: ["--pdeathsig", "KILL", "--", process.execPath, ...execArgv],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    child.on("message", (message: FromStarter) => {
      const waiting = this.#waiting.get(message.id);
      if (message.type === "ended") waiting?.resolve(message.result);
      else waiting?.reject(EngineError.fromShape(message.error));
    });
    const end = (cause?: Error): void => {
      if (this.#child === child) this.#child = undefined;
      for (const { name, reject } of this.#waiting.values()) reject(lost(name, cause));
    };
    child.once("error", end);
    child.once("exit", () => {
      end();
    });
    letGo(child);
    return child;
  }
}

/** It keeps nobody from ending. */
function letGo(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}

function canceled(name: string, cause: unknown): EngineError {
  return new EngineError("CANCELED", `${name} was canceled`, { cause });
}

/** Whether the program has done its work by then, nobody knows. */
function lost(name: string, cause?: Error): EngineError {
  return new EngineError("HOST_COMMAND_FAILED", `The process that starts programs ended while ${name} ran`, {
    action: "Repeat; look into the kernel's log for what ended it, for example a lack of memory.",
    ...(cause === undefined ? {} : { cause }),
  });
}
