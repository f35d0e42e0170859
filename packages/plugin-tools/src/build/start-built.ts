import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { EngineError, type PluginConfig } from "@opendvp/model";
import { createPluginRuntime } from "@opendvp/plugin-runtime";
import type { PluginFile } from "../source-zip/plugin-file.ts";

type Runtime = Awaited<ReturnType<typeof createPluginRuntime>>;

/** What the plugin says of itself when it is started. */
export type BuiltDescription = Awaited<ReturnType<Runtime["describe"]>>;

const MOST_OUTPUT_LINES = 50;

/**
 * Starts the plugin as the engine does, in a guarded process of its own, and asks what it implements. What it prints
 * while it loads goes into the error when that fails.
 * @throws EngineError `PLUGIN_INVALID`; the signal's reason once that is aborted and the plugin has ended
 */
export async function startBuilt(config: PluginConfig, files: readonly PluginFile[], signal?: AbortSignal): Promise<BuiltDescription> {
  const directory = await mkdtemp(join(tmpdir(), "dvp-build-"));
  const output: string[] = [];
  try {
    const sourceDirectory = join(directory, "source");
    await unpack(sourceDirectory, files);
    const guards = { workDirectory: join(directory, "guards") };
    // Nothing is lost with a plugin that is only asked what it is: it needs no time to come to an end.
    const runtime = await createPluginRuntime({ clock: CLOCK, logs: collectInto(output), guards, cancelGraceMs: 0 });
    const described = runtime.describe(versionOf(config, sourceDirectory));
    await endOrAbort(described, signal);
    // Ends what is still being loaded.
    await runtime.close();
    return await described;
  } catch (thrown) {
    signal?.throwIfAborted();
    throw withOutput(EngineError.from(thrown), output);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function versionOf(
  { name, buildNumber, language, pluginType, entryPoint }: PluginConfig,
  sourceDirectory: string,
): Parameters<Runtime["describe"]>[0] {
  return { reference: "APPDATA_TOOLKIT-0", name, buildNumber, language, pluginType, entryPoint, sourceDirectory };
}

/** Resolves when the work has ended, well or not, or is to be given up. */
function endOrAbort(work: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => resolve();
    work.then(done, done);
    if (signal?.aborted === true) done();
    signal?.addEventListener("abort", done, { once: true });
  });
}

/** The plugin's process runs as a user of its own, who may read its code and nothing else. */
async function unpack(directory: string, files: readonly PluginFile[]): Promise<void> {
  for (const { path, contents, isExecutable } of files) {
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, contents);
    await chmod(file, isExecutable ? 0o755 : 0o644);
  }
}

const CLOCK: Parameters<typeof createPluginRuntime>[0]["clock"] = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    await sleep(milliseconds, undefined, signal === undefined ? { ref: false } : { ref: false, signal });
  },
};

function collectInto(output: string[]): Parameters<typeof createPluginRuntime>[0]["logs"] {
  return {
    write: (_plugin, { message }) => {
      if (output.length < MOST_OUTPUT_LINES) output.push(message);
    },
    files: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
}

function withOutput(error: EngineError, output: readonly string[]): EngineError {
  if (output.length === 0) return error;
  return new EngineError(error.code, error.message, {
    action: error.action,
    details: { ...error.details, output: [...output] },
    cause: error,
  });
}
