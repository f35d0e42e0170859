import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import {
  EngineError,
  parsePluginConfig,
  parseSchemas,
  pluginInvalid,
  type CheckedSchemas,
  type PluginConfig,
  type Problem,
} from "@opendvp/model";

/** A plugin's folder, its config and schemas checked. */
export interface PluginFolder {
  /** Where the config file is. */
  readonly rootDirectory: string;
  readonly config: PluginConfig;
  readonly schemas: CheckedSchemas;
  readonly sourceDirectory: string;
  /** The module with the entry point. */
  readonly entryFile: string;
  readonly warnings: readonly Problem[];
}

const TYPESCRIPT_ENDINGS = [".ts", ".mts", ".mjs", ".js"] as const;
const PYTHON_ENDINGS = [".py", "/__init__.py"] as const;

/**
 * Reads a plugin's config and schemas, and finds its entry module.
 * @throws EngineError `NOT_FOUND` (no config file), `PLUGIN_INVALID`
 */
export async function readPluginFolder(configFile: string): Promise<PluginFolder> {
  const file = resolve(configFile);
  const rootDirectory = dirname(file);
  const text = await readText(file);
  if (text === undefined) throw await noConfig(file);
  const { config, warnings } = parsePluginConfig(text, basename(file));
  const at = placesIn(text, basename(file));
  const schemas = await readSchemas(rootDirectory, config, at);
  const sourceDirectory = resolve(rootDirectory, config.srcDir);
  const entryFile = await findEntryFile(sourceDirectory, config, at);
  return { rootDirectory, config, schemas, sourceDirectory, entryFile, warnings: [...warnings, ...schemas.warnings] };
}

async function noConfig(file: string): Promise<EngineError> {
  const isDirectory = (await stat(file).catch(() => undefined))?.isDirectory() === true;
  return new EngineError("NOT_FOUND", isDirectory ? `${file} is a directory, no plugin config.` : `There is no plugin config ${file}.`, {
    action: isDirectory ? "Name the file in it with --plugin-config." : "Run `dvp init` first, or name the config with --plugin-config.",
  });
}

/** Where a field of the config stands. */
type PlaceOf = (field: "schemaFile" | "srcDir" | "entryPoint") => Pick<Problem, "file" | "line" | "where">;

function placesIn(text: string, file: string): PlaceOf {
  const lines = text.split("\n");
  return (field) => {
    const index = lines.findIndex((line) => new RegExp(`^["']?${field}["']?\\s*:`).test(line));
    return { file, line: Math.max(index, 0) + 1, where: field };
  };
}

async function readSchemas(rootDirectory: string, { schemaFile }: PluginConfig, at: PlaceOf): Promise<CheckedSchemas> {
  const file = resolve(rootDirectory, schemaFile);
  const text = await readText(file);
  if (text === undefined) throw pluginInvalid([{ ...at("schemaFile"), message: `names ${file}, which cannot be read` }]);
  return parseSchemas(text, relative(rootDirectory, file));
}

async function findEntryFile(sourceDirectory: string, config: PluginConfig, at: PlaceOf): Promise<string> {
  const source = await stat(sourceDirectory).catch(() => undefined);
  if (source?.isDirectory() !== true) {
    throw pluginInvalid([{ ...at("srcDir"), message: `names ${sourceDirectory}, which is no directory` }]);
  }
  const [moduleName = ""] = config.entryPoint.split(":");
  const stem = join(sourceDirectory, moduleName.replaceAll(".", "/"));
  const endings = config.language === "TYPESCRIPT" ? TYPESCRIPT_ENDINGS : PYTHON_ENDINGS;
  const entryFile = endings.map((ending) => stem + ending).find((path) => existsSync(path));
  if (entryFile !== undefined) return entryFile;
  const tried = endings.map((ending) => relative(sourceDirectory, stem + ending)).join(", ");
  throw pluginInvalid([{ ...at("entryPoint"), message: `names the module ${moduleName}, but srcDir has none of ${tried}` }]);
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch {
    return undefined;
  }
}
