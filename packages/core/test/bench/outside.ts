/** The world that toy steps work on: things that they make, and processes that they start. */
export class Outside {
  readonly things = new Set<string>();
  /** Everything that happened, in order. */
  readonly story: string[] = [];
  readonly #processes = new Set<string>();

  make(thing: string): void {
    this.story.push(`make ${thing}`);
    this.things.add(thing);
  }

  /** May be repeated. */
  remove(thing: string): void {
    this.story.push(`remove ${thing}`);
    this.things.delete(thing);
  }

  /** Starts a process that carries a mark. */
  start(mark: string): void {
    this.#processes.add(mark);
  }

  stop(mark: string): void {
    this.#processes.delete(mark);
  }

  isRunning(mark: string): boolean {
    return this.#processes.has(mark);
  }

  /** The marks of all that runs, in the order of their starts. */
  running(): readonly string[] {
    return [...this.#processes];
  }

  /** Whether anything runs for the step of this mark: of the same try or a former one, forward or backward. */
  isRunningFor(mark: string): boolean {
    const line = mark.replace(/[a-z]+:$/, "");
    return [...this.#processes].some((other) => other.startsWith(line));
  }

  readonly endMarked = (prefix: string): Promise<void> => {
    for (const mark of this.#processes) {
      if (mark.startsWith(prefix)) this.#processes.delete(mark);
    }
    return Promise.resolve();
  };
}
