import { availableParallelism } from "node:os";
import type { Clock, PluginCall } from "@opendvp/core";
import type { Json } from "@opendvp/model";
import type { PluginLimits } from "../plugin-limits.ts";
import type { PluginProcess } from "../process/plugin-process.ts";
import { Lane } from "./lane.ts";
import { ReadyProcesses } from "./ready-processes.ts";

type PoolLimits = Pick<PluginLimits, "concurrency" | "unlimitedConcurrency" | "idleMs" | "lastIdleMs">;

export interface PoolOptions {
  readonly limits: PoolLimits;
  readonly clock: Clock;
  /** Starts and initializes a process. */
  readonly start: (signal: AbortSignal) => Promise<PluginProcess>;
  /** Asked when an operation has ended well. */
  readonly isReusable: (process: PluginProcess) => boolean;
}

export interface PoolProcess {
  readonly process: PluginProcess;
  /** Undefined while an operation runs in it. */
  readonly idleSinceMs: number | undefined;
}

/** A start keeps a processor busy; more at once than this make each of them, and all else, slower. */
const STARTS_AT_ONCE = Math.max(1, Math.floor(availableParallelism() / 2));

/** The warm processes of one plugin version. */
export class ProcessPool {
  readonly #options: PoolOptions;
  readonly #limited: Lane;
  readonly #unlimited: Lane;
  readonly #busy = new Set<PluginProcess>();
  readonly #ready: ReadyProcesses;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#limited = new Lane(options.limits.concurrency);
    this.#unlimited = new Lane(options.limits.unlimitedConcurrency);
    const { clock, start } = options;
    this.#ready = new ReadyProcesses({ startsAtOnce: STARTS_AT_ONCE, nowMs: () => clock.monotonicMs(), start });
  }

  get processes(): readonly PoolProcess[] {
    return [
      ...[...this.#busy].map((process) => ({ process, idleSinceMs: undefined })),
      ...this.#ready.idle.map(({ process, sinceMs }) => ({ process, idleSinceMs: sinceMs })),
    ];
  }

  /** Runs an operation in a process of its own for that time. One that fails takes its process along, with all that was started in it. */
  async run(call: PluginCall): Promise<Json> {
    const lane = call.timeLimitMs === undefined ? this.#unlimited : this.#limited;
    const leave = await lane.enter(call.signal);
    try {
      const process = await this.#ready.take(call.signal);
      this.#busy.add(process);
      try {
        const result = await process.run(call);
        this.#putBack(process);
        return result;
      } catch (error) {
        await process.end();
        throw error;
      } finally {
        this.#busy.delete(process);
      }
    } finally {
      leave();
    }
  }

  /** Ends what has been idle for too long. */
  sweep(): void {
    const { idleMs, lastIdleMs } = this.#options.limits;
    const now = this.#options.clock.monotonicMs();
    const over = this.#ready.remove(({ sinceMs }, isLast) => now - sinceMs >= (isLast ? lastIdleMs : idleMs));
    for (const process of over) void process.shutDown();
  }

  /** Ends idle processes now, busy ones when they are done. */
  async retire(): Promise<void> {
    await Promise.all(this.#ready.keepNone().map((process) => process.shutDown()));
  }

  async close(): Promise<void> {
    const busy = [...this.#busy].map((process) => process.end());
    await Promise.all([this.retire(), this.#ready.abortStarts(new Error("The pool of processes was closed.")), ...busy]);
  }

  #putBack(process: PluginProcess): void {
    if (!process.isUsable) return;
    if (this.#options.isReusable(process)) this.#ready.offer(process);
    else void process.shutDown();
  }
}
