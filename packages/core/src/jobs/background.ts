interface Running {
  readonly needs: readonly string[];
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

/**
 * Work that takes no lock: monitoring. Skipped while a job holds its object, ended by a job that wants it.
 */
export class Background {
  readonly #running = new Map<string, Running>();
  readonly #held = new Map<string, number>();
  #isClosed = false;

  /** Whether any job holds anything. */
  get isAnythingHeld(): boolean {
    return this.#held.size > 0;
  }

  /**
   * Runs `work` for an object unless a job holds it, or what the work needs beside it, or such work is under way. Says whether it
   * ran. Never rejects for an abort.
   */
  async run(object: string, work: (signal: AbortSignal) => Promise<void>, beside: readonly string[] = []): Promise<boolean> {
    const needs = [object, ...beside];
    if (this.#isClosed || this.#running.has(object) || needs.some((needed) => this.#held.has(needed))) return false;
    const abort = new AbortController();
    const running = work(abort.signal).catch((error: unknown) => {
      if (!abort.signal.aborted) throw error;
    });
    this.#running.set(object, { needs, abort, ended: running.catch(() => undefined) });
    try {
      await running;
    } finally {
      this.#running.delete(object);
    }
    return true;
  }

  /** Ends what runs for these objects and keeps more from starting, until the returned function is called. */
  async hold(objects: readonly string[]): Promise<() => void> {
    for (const object of objects) this.#held.set(object, (this.#held.get(object) ?? 0) + 1);
    const running = [...this.#running.values()].filter(({ needs }) => needs.some((needed) => objects.includes(needed)));
    for (const work of running) work.abort.abort(new Error("A job wants the object."));
    await Promise.all(running.map((work) => work.ended));
    return () => {
      for (const object of objects) this.#letGo(object);
    };
  }

  /** Ends what runs, and keeps more from starting. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const running = [...this.#running.values()];
    for (const work of running) work.abort.abort(new Error("The engine stops."));
    await Promise.all(running.map((work) => work.ended));
  }

  #letGo(object: string): void {
    const count = (this.#held.get(object) ?? 1) - 1;
    if (count === 0) this.#held.delete(object);
    else this.#held.set(object, count);
  }
}
