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
 * @throws EngineError `PLUGIN_INVALID`
 */
export async function startBuilt(config: PluginConfig, files: readonly PluginFile[]): Promise<BuiltDescription> {
  const directory = await mkdtemp(join(tmpdir(), "dvp-build-"));
  const output: string[] = [];
  let runtime: Runtime | undefined;
  try {
    const sourceDirectory = join(directory, "source");
    await unpack(sourceDirectory, files);
    runtime = await createPluginRuntime({ clock: CLOCK, logs: collectInto(output), guards: { workDirectory: join(directory, "guards") } });
    return await runtime.describe({
      reference: "APPDATA_TOOLKIT-0",
      name: config.name,
      language: config.language,
      pluginType: config.pluginType,
      entryPoint: config.entryPoint,
      sourceDirectory,
    });
  } catch (thrown) {
    throw withOutput(EngineError.from(thrown), output);
  } finally {
    await runtime?.close();
    await rm(directory, { recursive: true, force: true });
  }
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
