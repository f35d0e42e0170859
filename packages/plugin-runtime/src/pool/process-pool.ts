import type { Clock, PluginCall } from "@opendvp/core";
import type { Json } from "@opendvp/model";
import type { PluginLimits } from "../plugin-limits.ts";
import type { PluginProcess } from "../process/plugin-process.ts";
import { Lane } from "./lane.ts";

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

interface IdleProcess {
  readonly process: PluginProcess;
  readonly sinceMs: number;
}

/** The warm processes of one plugin version. */
export class ProcessPool {
  readonly #options: PoolOptions;
  readonly #limited: Lane;
  readonly #unlimited: Lane;
  readonly #busy = new Set<PluginProcess>();
  #idle: IdleProcess[] = [];
  #isRetired = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#limited = new Lane(options.limits.concurrency);
    this.#unlimited = new Lane(options.limits.unlimitedConcurrency);
  }

  get processes(): readonly PoolProcess[] {
    return [
      ...[...this.#busy].map((process) => ({ process, idleSinceMs: undefined })),
      ...this.#idle.filter(({ process }) => process.isUsable).map(({ process, sinceMs }) => ({ process, idleSinceMs: sinceMs })),
    ];
  }

  /** Runs an operation in a process of its own for that time. One that fails takes its process along, with all that was started in it. */
  async run(call: PluginCall): Promise<Json> {
    const lane = call.timeLimitMs === undefined ? this.#unlimited : this.#limited;
    const leave = await lane.enter(call.signal);
    try {
      const process = this.#takeIdle() ?? (await this.#options.start(call.signal));
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
    this.#idle = this.#idle.filter(({ process }) => process.isUsable);
    const last = this.#idle.at(-1);
    const isOver = (idle: IdleProcess): boolean => now - idle.sinceMs >= (idle === last ? lastIdleMs : idleMs);
    for (const { process } of this.#idle.filter(isOver)) void process.shutDown();
    this.#idle = this.#idle.filter((idle) => !isOver(idle));
  }

  /** Ends idle processes now, busy ones when they are done. */
  async retire(): Promise<void> {
    this.#isRetired = true;
    const idle = this.#idle.map(({ process }) => process.shutDown());
    this.#idle = [];
    await Promise.all(idle);
  }

  async close(): Promise<void> {
    await Promise.all([this.retire(), ...[...this.#busy].map((process) => process.end())]);
  }

  /** The one used last: its caches are warm, and the others get old enough to go. */
  #takeIdle(): PluginProcess | undefined {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) if (idle.process.isUsable) return idle.process;
    return undefined;
  }

  #putBack(process: PluginProcess): void {
    if (!process.isUsable) return;
    if (this.#isRetired || !this.#options.isReusable(process)) void process.shutDown();
    else this.#idle.push({ process, sinceMs: this.#options.clock.monotonicMs() });
  }
}
