import { createInterface, type Interface } from "node:readline";
import type { Daemon } from "@opendvp/subprocess";
import { EngineError, isEngineErrorShape, isJsonObject, type Json, type JsonObject } from "@opendvp/model";

/** Reads what an engine says on standard output: one line of JSON an event. */
export class EngineEvents {
  readonly #lines: Interface;
  readonly #iterator: AsyncIterator<string>;

  constructor(daemon: Daemon) {
    this.#lines = createInterface({ input: daemon.stdout });
    this.#iterator = this.#lines[Symbol.asyncIterator]();
  }

  /**
   * The next event; undefined when the engine has ended, or when the time is over: nothing can be read after that.
   * @throws EngineError with which the engine has failed
   */
  async next(untilMs: number): Promise<JsonObject | undefined> {
    const timer = setTimeout(() => this.#lines.close(), Math.max(0, untilMs - performance.now()));
    try {
      for (;;) {
        const line = await this.#iterator.next();
        if (line.done === true) return undefined;
        const event = parsed(line.value);
        if (!isJsonObject(event)) continue;
        if (event["event"] === "failed" && isEngineErrorShape(event)) throw EngineError.fromShape(event);
        return event;
      }
    } finally {
      clearTimeout(timer);
    }
  }
}

function parsed(line: string): Json | undefined {
  try {
    return JSON.parse(line) as Json;
  } catch {
    return undefined;
  }
}
