import type { Family } from "../guards/memory-watch.ts";
import { processorTimeMs } from "../guards/processor-time.ts";
import type { PluginProcess } from "../process/plugin-process.ts";

/** An idle process at one look. */
export interface IdleLook {
  readonly process: PluginProcess;
  readonly family: Family;
  readonly idleSinceMs: number;
}

interface Sample {
  readonly atMs: number;
  readonly processorMs: number;
  /** Looks in a row at which it had worked since the one before. */
  readonly restlessLooks: number;
}

/** Of one processor: a quiet process takes next to nothing, a busy one gets at least that much on a busy machine. */
const RESTLESS_SHARE = 0.05;
const RESTLESS_LOOKS = 3;

/** Finds processes that go on although their operation has been answered: nothing would ever end what they do. */
export class IdleWatch {
  readonly #familyAtStart = new WeakMap<PluginProcess, number>();
  readonly #samples = new WeakMap<PluginProcess, Sample>();

  /** Of a process that has loaded its plugin and done nothing else. */
  noteStart(process: PluginProcess, family: Family): void {
    this.#familyAtStart.set(process, family.length);
  }

  /** Why the process is to be ended; undefined where it is quiet. To be asked once for each look. */
  complaint({ process, family, idleSinceMs }: IdleLook, nowMs: number): string | undefined {
    const last = this.#samples.get(process);
    const processorMs = processorTimeMs(family);
    const wasIdleBefore = last !== undefined && idleSinceMs <= last.atMs;
    const share = wasIdleBefore ? (processorMs - last.processorMs) / Math.max(nowMs - last.atMs, 1) : 0;
    const restlessLooks = wasIdleBefore && share > RESTLESS_SHARE ? last.restlessLooks + 1 : 0;
    this.#samples.set(process, { atMs: nowMs, processorMs, restlessLooks });
    if (!wasIdleBefore) return undefined;
    if (family.length > (this.#familyAtStart.get(process) ?? family.length)) return "an operation has left processes running in it";
    return restlessLooks >= RESTLESS_LOOKS ? "it goes on working although no operation runs in it" : undefined;
  }
}
