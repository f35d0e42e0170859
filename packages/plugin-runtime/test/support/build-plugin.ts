import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PluginVersion } from "@opendvp/core";
import { build } from "esbuild";

const directories: string[] = [];
let built = 0;

/** Removes everything that this test file has built. */
export async function removePlugins(): Promise<void> {
  for (const directory of directories.splice(0)) await rm(directory, { recursive: true, force: true });
}

/** Bundles a fixture as `dvp build` does, into a directory as the engine unpacks an artifact. */
export function buildPlugin(fixture: string, changes: Partial<PluginVersion> = {}): Promise<PluginVersion> {
  return bundle(`../fixtures/${fixture}.ts`, changes);
}

/** The same with one of the plugins that mean harm. */
export function buildHostilePlugin(name: string): Promise<PluginVersion> {
  return bundle(`../hostile/${name}.ts`, { name });
}

async function bundle(file: string, changes: Partial<PluginVersion>): Promise<PluginVersion> {
  const sourceDirectory = await newSourceDirectory();
  await build({
    entryPoints: [fileURLToPath(new URL(file, import.meta.url))],
    outfile: join(sourceDirectory, "plugin.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["source"],
    sourcemap: "inline",
    logLevel: "silent",
  });
  return pluginVersion(sourceDirectory, changes);
}

/** A plugin of plain JavaScript, exactly as given. */
export async function writePlugin(code: string, changes: Partial<PluginVersion> = {}): Promise<PluginVersion> {
  const sourceDirectory = await newSourceDirectory();
  await writeFile(join(sourceDirectory, "plugin.mjs"), code);
  return pluginVersion(sourceDirectory, changes);
}

/** One of the fixtures in Python, as it stands, with what a test changes about it: text by path. */
export async function copyPythonPlugin(
  name: string,
  { files = {}, ...changes }: Partial<PluginVersion> & { readonly files?: Readonly<Record<string, string>> } = {},
): Promise<PluginVersion> {
  const sourceDirectory = await newSourceDirectory();
  await cp(fileURLToPath(new URL(`../python/fixtures/${name}`, import.meta.url)), sourceDirectory, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(sourceDirectory, path)), { recursive: true });
    await writeFile(join(sourceDirectory, path), text);
  }
  return pluginVersion(sourceDirectory, { language: "PYTHON311", entryPoint: "plugin_runner:plugin", ...changes });
}

async function newSourceDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "opendvp-test-plugin-"));
  directories.push(directory);
  await chmod(directory, 0o755);
  return directory;
}

function pluginVersion(sourceDirectory: string, changes: Partial<PluginVersion>): PluginVersion {
  built += 1;
  return {
    reference: `APPDATA_TOOLKIT-${built}`,
    name: "Fixture",
    language: "TYPESCRIPT",
    pluginType: "DIRECT",
    entryPoint: "plugin:plugin",
    sourceDirectory,
    ...changes,
  };
}
