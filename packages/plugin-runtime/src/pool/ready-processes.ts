import type { PluginProcess } from "../process/plugin-process.ts";

interface Waiter {
  readonly give: (process: PluginProcess) => void;
  readonly fail: (error: unknown) => void;
}

interface IdleProcess {
  readonly process: PluginProcess;
  readonly sinceMs: number;
}

export interface ReadyOptions {
  /** How many processes start at the same time. */
  readonly startsAtOnce: number;
  readonly nowMs: () => number;
  readonly start: (signal: AbortSignal) => Promise<PluginProcess>;
}

/**
 * Processes that are ready, and operations that wait for one. Whoever finds none ready waits for the next to become so,
 * whether it has just started or comes from another operation: a start takes as long as hundreds of short operations, so
 * that a burst of them is served by few processes, and a long one holds up nobody.
 */
export class ReadyProcesses {
  readonly #options: ReadyOptions;
  readonly #waiting: Waiter[] = [];
  readonly #starts = new Map<AbortController, Promise<void>>();
  #idle: IdleProcess[] = [];
  #isClosed = false;

  constructor(options: ReadyOptions) {
    this.#options = options;
  }

  get idle(): readonly IdleProcess[] {
    return this.#idle.filter(({ process }) => process.isUsable);
  }

  /** Rejects with the signal's reason when that comes first, and with what a start fails with when there is nothing else to wait for. */
  take(signal: AbortSignal): Promise<PluginProcess> {
    signal.throwIfAborted();
    // The one used last: its caches are warm, and the others get old enough to go.
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop())
      if (idle.process.isUsable) return Promise.resolve(idle.process);
    return this.#wait(signal);
  }

  /** Goes to who waits longest, or is kept. */
  offer(process: PluginProcess): void {
    const next = this.#waiting.shift();
    if (next !== undefined) next.give(process);
    else if (this.#isClosed) void process.shutDown();
    else this.#idle.push({ process, sinceMs: this.#options.nowMs() });
  }

  /** Gives away the idle ones that the caller no longer wants kept. */
  remove(isUnwanted: (idle: IdleProcess, isLast: boolean) => boolean): readonly PluginProcess[] {
    const idle = this.idle;
    const unwanted = new Set(idle.filter((one, index) => isUnwanted(one, index === idle.length - 1)));
    this.#idle = idle.filter((one) => !unwanted.has(one));
    return [...unwanted].map(({ process }) => process);
  }

  /** From now on nothing is kept; what waits is served all the same. */
  keepNone(): readonly PluginProcess[] {
    this.#isClosed = true;
    return this.remove(() => true);
  }

  /** Ends the starts under way, and fails who waits for them; resolves when nothing of them is left. */
  async abortStarts(reason: Error): Promise<void> {
    for (const waiter of this.#waiting.splice(0)) waiter.fail(reason);
    for (const controller of this.#starts.keys()) controller.abort(reason);
    await Promise.all(this.#starts.values());
  }

  #wait(signal: AbortSignal): Promise<PluginProcess> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        // A start that hangs would otherwise be there long after whoever wanted it.
        const [surplus] = this.#starts.size > this.#waiting.length ? [...this.#starts.keys()].slice(-1) : [];
        surplus?.abort(signal.reason);
        reject(signal.reason as Error);
      };
      const waiter: Waiter = {
        give: (process) => {
          signal.removeEventListener("abort", stop);
          resolve(process);
        },
        fail: (error) => {
          signal.removeEventListener("abort", stop);
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      };
      this.#waiting.push(waiter);
      signal.addEventListener("abort", stop, { once: true });
      this.#startMore();
    });
  }

  #startMore(): void {
    if (this.#starts.size >= Math.min(this.#options.startsAtOnce, this.#waiting.length)) return;
    const controller = new AbortController();
    const start = this.#options.start(controller.signal).then(
      (process) => {
        this.#starts.delete(controller);
        this.offer(process);
        this.#startMore();
      },
      (error: unknown) => {
        this.#starts.delete(controller);
        if (!controller.signal.aborted) this.#waiting.shift()?.fail(error);
        this.#startMore();
      },
    );
    this.#starts.set(controller, start);
  }
}
