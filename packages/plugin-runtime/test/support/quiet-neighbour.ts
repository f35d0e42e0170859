import type { PluginVersion } from "@opendvp/core";
import { buildPlugin } from "./build-plugin.ts";
import type { RuntimeHarness } from "./runtime-harness.ts";

/** A plugin of somebody else's that works all the time, and notices when it cannot. */
export interface QuietNeighbour {
  readonly plugin: PluginVersion;
  /** Its process. */
  pid(): number;
  /** How its operations went since the last time this was asked. */
  experience(): { readonly done: number; readonly failed: readonly unknown[]; readonly longestMs: number };
  stop(): Promise<void>;
}

const PAUSE_MS = 20;

export async function startQuietNeighbour(harness: RuntimeHarness): Promise<QuietNeighbour> {
  const plugin = await buildPlugin("well-behaved");
  await harness.call(plugin);
  let isStopped = false;
  let durations: number[] = [];
  let failed: unknown[] = [];
  const work = async (): Promise<void> => {
    while (!isStopped) {
      const beganAt = performance.now();
      await harness.call(plugin).catch((error: unknown) => failed.push(error));
      durations.push(performance.now() - beganAt);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  };
  const working = work();
  return {
    plugin,
    pid: () => harness.runtime.status().processes.find((process) => process.plugin === plugin.reference)?.pid ?? 0,
    experience() {
      const seen = { done: durations.length, failed, longestMs: Math.max(0, ...durations) };
      [durations, failed] = [[], []];
      return seen;
    },
    async stop() {
      isStopped = true;
      await working;
    },
  };
}
