import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createClient, type Client } from "@opendvp/client";
import type { Disagreement, StepPoint } from "@opendvp/core";
import type { FromEngine, PointRule, ToEngine } from "./messages.ts";
import { transpileProgram } from "./transpile-program.ts";

export interface HeldEngineSetUp {
  readonly dataDirectory: string;
  readonly storage:
    | { readonly kind: "embedded"; readonly sizeBytes: number }
    | { readonly kind: "copy" | "reflink"; readonly directory: string }
    | { readonly kind: "zfs"; readonly dataset: string };
  readonly environmentUser: string;
  /** Says that the pool cannot snapshot what runs. */
  readonly isRestless: boolean;
  /** Default: the embedded one. */
  readonly catalog?: string;
}

type Passed = StepPoint & { readonly occurrence: number };

// What does not fit an object type does not fit IPC either.
type Question =
  | { readonly type: "audit" | "plans" | "release" | "restore" | "settled" }
  | { readonly type: "clock"; readonly aheadMs: number }
  | { readonly type: "take-down"; readonly dataset: string }
  | { readonly type: "rules"; readonly rules: readonly PointRule[] }
  | { readonly type: "trace"; readonly isTracing: boolean };

/** An engine that can be held at points, killed, and started again on the same data. */
export class HeldEngine {
  readonly #setUp: HeldEngineSetUp;
  #program: string | undefined;
  #child: ChildProcess | undefined;
  #address = "";
  #password = "";
  #key = "";
  #lastId = 0;
  readonly #answers = new Map<number, (value: unknown) => void>();
  readonly #heldListeners = new Set<(point: Passed) => void>();
  readonly #passed = new Map<string, Passed[]>();
  #log = "";

  constructor(setUp: HeldEngineSetUp) {
    this.#setUp = setUp;
  }

  get client(): Client {
    return createClient({ address: this.#address, apiKey: this.#key });
  }

  /** What the engine logged since it was last started. */
  get log(): string {
    return this.#log;
  }

  async start(): Promise<void> {
    const { dataDirectory, storage, environmentUser, isRestless, catalog = "sqlite" } = this.#setUp;
    this.#program ??= await transpileProgram(fileURLToPath(new URL("held-engine.ts", import.meta.url)));
    const args = [dataDirectory, JSON.stringify(storage), environmentUser, isRestless ? "restless" : "", catalog];
    const child = fork(this.#program, args, {
      execArgv: [],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: { PATH: process.env["PATH"] ?? "" },
    });
    this.#child = child;
    this.#log = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (this.#log += chunk.toString()));
    const ready = new Promise<void>((resolve, reject) => {
      child.on("message", (message: FromEngine) => this.#hear(message, resolve));
      child.once("exit", (code) => reject(new Error(`The engine ended with ${String(code)}:\n${this.#log}`)));
    });
    await ready;
    if (this.#key === "") {
      const answer = await createClient({ address: this.#address }).session.login({
        body: { username: "admin", password: this.#password },
      });
      this.#key = answer.access_token;
    }
  }

  /** SIGKILL, and gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    this.#answers.clear();
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child?.exitCode !== null) return;
    const gone = once(child, "exit");
    child.send({ type: "stop" } satisfies ToEngine);
    await gone;
  }

  /** Adds rules; each is about one name, which no other run uses. */
  addRules(rules: readonly PointRule[]): Promise<unknown> {
    return this.#ask({ type: "rules", rules });
  }

  /** Lets all jobs go on that are held now. */
  release(): Promise<unknown> {
    return this.#ask({ type: "release" });
  }

  /** Sets the engine's wall clock this far ahead of, or behind, the machine's; until it is started again. */
  setClock(aheadMs: number): Promise<unknown> {
    return this.#ask({ type: "clock", aheadMs });
  }

  /** From now on, or no more, every point that a job passes is noted. */
  trace(isTracing: boolean): Promise<unknown> {
    return this.#ask({ type: "trace", isTracing });
  }

  restore(): Promise<unknown> {
    return this.#ask({ type: "restore" });
  }

  /** Takes the dataset of this name off its host, as at the end of an engine. */
  takeDown(dataset: string): Promise<unknown> {
    return this.#ask({ type: "take-down", dataset });
  }

  /** Resolves when the jobs taken over at the start have ended, and datasets that had to be brought back have their jobs. */
  settled(): Promise<unknown> {
    return this.#ask({ type: "settled" });
  }

  audit(): Promise<readonly Disagreement[]> {
    return this.#ask({ type: "audit" }) as Promise<readonly Disagreement[]>;
  }

  plans(): Promise<readonly { readonly workflow: string; readonly steps: readonly string[] }[]> {
    return this.#ask({ type: "plans" }) as Promise<readonly { readonly workflow: string; readonly steps: readonly string[] }[]>;
  }

  /** The points that a job passed while tracing. */
  passedBy(job: string): readonly Passed[] {
    return this.#passed.get(job) ?? [];
  }

  onHeld(listener: (point: Passed) => void): () => void {
    this.#heldListeners.add(listener);
    return () => this.#heldListeners.delete(listener);
  }

  #ask(question: Question): Promise<unknown> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.#child?.send({ ...question, id });
    });
  }

  #hear(message: FromEngine, ready: () => void): void {
    switch (message.type) {
      case "password":
        this.#password = message.password;
        break;
      case "ready":
        this.#address = message.address;
        ready();
        break;
      case "held":
        for (const listener of this.#heldListeners) listener(message.point);
        break;
      case "passed":
        this.#passed.set(message.point.job, [...this.passedBy(message.point.job), message.point]);
        break;
      case "answer":
        this.#answers.get(message.id)?.(message.value);
        this.#answers.delete(message.id);
        break;
      case "trouble":
        this.#log += `${message.message}\n`;
    }
  }
}
