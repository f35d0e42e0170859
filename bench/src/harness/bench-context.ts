import { startBenchEngine, type BenchEngine } from "./bench-engine.ts";

/** What a benchmark runs in. */
export interface BenchContext {
  /** A run that only shows that everything works: small, with few rounds. Its figures mean little. */
  readonly isQuick: boolean;
  /** As the engine's `--storage`. */
  readonly storage: string;
  /** The engine that benchmarks share that leave it as they found it, but for datasets of names of their own. */
  engine(): Promise<BenchEngine>;
  /** One of the benchmark's own; ends with the benchmark. */
  ownEngine(): Promise<BenchEngine>;
  /** Tells somebody who waits how far it is. */
  note(text: string): void;
}

/** The context of a run; its engines start when they are first asked for. */
export class BenchRun implements BenchContext, AsyncDisposable {
  readonly isQuick: boolean;
  readonly storage: string;
  readonly note: (text: string) => void;
  #shared: Promise<BenchEngine> | undefined;
  #own: BenchEngine[] = [];
  #serial = 0;

  constructor(options: { readonly isQuick: boolean; readonly storage: string; readonly note: (text: string) => void }) {
    this.isQuick = options.isQuick;
    this.storage = options.storage;
    this.note = options.note;
  }

  engine(): Promise<BenchEngine> {
    this.#shared ??= startBenchEngine(this.storage, this.#serial++);
    return this.#shared;
  }

  async ownEngine(): Promise<BenchEngine> {
    const engine = await startBenchEngine(this.storage, this.#serial++);
    this.#own.push(engine);
    return engine;
  }

  /** Ends the engines that a benchmark has started for itself. */
  async endOwn(): Promise<void> {
    const own = this.#own;
    this.#own = [];
    for (const engine of own) await engine[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.endOwn();
    await (await this.#shared?.catch(() => undefined))?.[Symbol.asyncDispose]();
  }
}
