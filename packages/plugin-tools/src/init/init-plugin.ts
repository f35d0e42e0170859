import { randomUUID } from "node:crypto";
import { stat, unlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { EngineError, type HostType, type PluginLanguage, type PluginType } from "@opendvp/model";
import { makeDirectory } from "@opendvp/subprocess";
import { buildPlugin } from "../build/build-plugin.ts";
import { readSkeleton } from "./skeleton.ts";

export interface InitPluginRequest {
  /** What people see; free text. */
  readonly name: string;
  /** Where the plugin's files go; made if it does not exist. */
  readonly directory: string;
  readonly strategy: PluginType;
  readonly hostType: HostType;
  readonly language: PluginLanguage;
}

export interface InitialisedPlugin {
  readonly configFile: string;
  /** What was written, relative to the directory. */
  readonly files: readonly string[];
}

/**
 * Writes a new plugin: small, working, and commented. It can be built at once. Overwrites nothing: where one of its
 * files exists already, nothing is written at all.
 * @throws EngineError `INPUT_INVALID`, `UNSUPPORTED`, `CONFLICT` (files exist)
 */
export async function initPlugin(request: InitPluginRequest): Promise<InitialisedPlugin> {
  const { name, hostType, language, strategy } = request;
  if (name.trim() === "" || /[\p{Cc}\u2028\u2029]/u.test(name)) {
    throw new EngineError("INPUT_INVALID", "The plugin's name is empty or contains control characters.", {
      action: "Give it a readable name.",
    });
  }
  if (hostType !== "UNIX") throw unsupported(`hostType ${hostType}`, "UNIX");
  const directory = resolve(request.directory);
  const files = await readSkeleton(
    { strategy, language },
    {
      id: randomUUID(),
      name: JSON.stringify(name),
      hostType,
      packageName: JSON.stringify(packageNameOf(name)),
      description: JSON.stringify(`${name}: a plugin for OpenDVP`),
    },
  );
  await refuseExisting(directory, [...files.keys()]);
  await writeAll(directory, files);
  const configFile = join(directory, "plugin_config.yml");
  await buildPlugin({ configFile, generateOnly: true });
  return { configFile, files: [...files.keys()] };
}

function unsupported(what: string, supported: string): EngineError {
  return new EngineError("UNSUPPORTED", `New plugins with ${what} cannot be made by this version.`, { action: `Use ${supported}.` });
}

/** The same name in the form that package.json asks for. */
function packageNameOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 100);
  return slug === "" ? "plugin" : slug;
}

async function refuseExisting(directory: string, names: readonly string[]): Promise<void> {
  const present = await Promise.all(names.map(async (name) => ((await exists(join(directory, name))) ? [name] : [])));
  const existing = present.flat();
  if (existing.length === 0) return;
  throw new EngineError("CONFLICT", `${directory} already has ${existing.join(", ")}.`, {
    action: "Choose another directory, or move these files away: nothing is overwritten.",
    details: { directory, existing },
  });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** All files or none. */
async function writeAll(directory: string, files: ReadonlyMap<string, string>): Promise<void> {
  const written: string[] = [];
  try {
    for (const [name, text] of files) {
      const file = join(directory, name);
      await makeDirectory(dirname(file));
      await writeFile(file, text, { flag: "wx" });
      written.push(file);
    }
  } catch (thrown) {
    await Promise.all(written.map((file) => unlink(file)));
    throw new EngineError("CONFLICT", `${directory} could not be written: ${EngineError.from(thrown).message}.`, {
      action: "Choose a directory that you may write to.",
      cause: thrown,
    });
  }
}
