import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PluginVersion } from "@opendvp/core";

/** A program of its own that stands for an engine: it calls `virtual.start` of a plugin and prints what comes of it. */
export interface EngineProgram {
  readonly file: string;
  remove(): Promise<void>;
}

/** It prints JSON lines: the guards that are missing, its plugin process when there is one, the error when the operation has failed. */
export async function writeEngineProgram(plugin: PluginVersion, how: string): Promise<EngineProgram> {
  const place = await mkdtemp(join(tmpdir(), "opendvp-test-engine-"));
  await chmod(place, 0o777);
  const file = join(place, "engine.mjs");
  await writeFile(file, programText({ plugin, how, place }));
  return { file, remove: () => rm(place, { recursive: true }) };
}

const RUNTIME = new URL("../../dist/index.js", import.meta.url).href;

function programText({ plugin, how, place }: { readonly plugin: PluginVersion; readonly how: string; readonly place: string }): string {
  return `
    import { setTimeout as sleep } from "node:timers/promises";
    import { createPluginRuntime } from ${JSON.stringify(RUNTIME)};
    const clock = { now: () => new Date(), monotonicMs: () => performance.now(), sleep: (ms, signal) => sleep(ms, undefined, { signal, ref: false }) };
    const logs = { write() {}, files: async () => [], close: async () => {} };
    const runtime = await createPluginRuntime({ clock, logs, guards: { workDirectory: ${JSON.stringify(join(place, "work"))} } });
    console.log(JSON.stringify({ missingGuards: runtime.status().missingGuards }));
    const host = { name: "", reference: "", binaryPath: "", scratchPath: "" };
    const connection = { environment: { name: "", reference: "", host }, user: { name: "", reference: "" } };
    const virtualSource = { guid: "g", connection, parameters: { how: ${JSON.stringify(how)} }, mounts: [] };
    const called = runtime.call({
      plugin: ${JSON.stringify(plugin)}, operation: "virtual.start", logPrefix: "", libraries: {}, secrets: [],
      arguments: { virtualSource }, signal: new AbortController().signal,
    });
    let isDone = false;
    called
      .catch((error) => console.log(JSON.stringify({ code: error.code, message: error.message, details: error.details })))
      .finally(() => { isDone = true; return runtime.close(); });
    for (let isTold = false; !isTold && !isDone; await sleep(10)) {
      const [process] = runtime.status().processes;
      isTold = process !== undefined;
      if (isTold) console.log(JSON.stringify({ pid: process.pid }));
    }
  `;
}
