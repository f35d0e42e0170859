import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isPluginObject, type InitializeParams, type PluginObject } from "@opendvp/plugin-protocol";

const EXTENSIONS = [".mjs", ".js", ".cjs"] as const;
const SHAPE = /^([\w-]+(?:[./][\w-]+)*):([A-Za-z_$][\w$]*)$/;

/** Imports the module of `module:object` from the plugin's directory and takes the object from its exports. */
export async function loadEntryPoint({ entryPoint, sourceDirectory }: InitializeParams): Promise<PluginObject> {
  const [, moduleName, objectName] = SHAPE.exec(entryPoint) ?? [];
  if (moduleName === undefined || objectName === undefined)
    throw new Error(`The entry point '${entryPoint}' is not of the form module:object.`);
  const exported = await importModule(modulePath(sourceDirectory, moduleName), sourceDirectory);
  const plugin = exported[objectName] ?? memberOfDefault(exported, objectName);
  if (plugin === undefined)
    throw new Error(`The module ${moduleName} exports no '${objectName}'; it exports ${Object.keys(exported).join(", ") || "nothing"}.`);
  if (!isPluginObject(plugin))
    throw new Error(`The export '${objectName}' of ${moduleName} is no plugin: make it with new DirectPlugin() or new StagedPlugin().`);
  return plugin;
}

async function importModule(path: string, sourceDirectory: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  } catch (thrown) {
    const place = thrown instanceof Error ? placeIn(thrown.stack ?? "", sourceDirectory) : undefined;
    if (!(thrown instanceof Error) || place === undefined) throw thrown;
    throw new Error(`${thrown.name}: ${thrown.message} (${place})`, { cause: thrown });
  }
}

/** The first line of the plugin's own code that a stack names: `plugin.mjs:12`. */
function placeIn(stack: string, sourceDirectory: string): string | undefined {
  const start = stack.indexOf(`${sourceDirectory}/`);
  return start === -1 ? undefined : /^[^\n()]+?:\d+/.exec(stack.slice(start + sourceDirectory.length + 1))?.[0];
}

/** What a CommonJS module exports is its default export where node cannot tell the names. */
function memberOfDefault(exported: Readonly<Record<string, unknown>>, name: string): unknown {
  const fallback = exported["default"];
  return typeof fallback === "object" && fallback !== null ? (fallback as Readonly<Record<string, unknown>>)[name] : undefined;
}

function modulePath(sourceDirectory: string, moduleName: string): string {
  const stem = join(sourceDirectory, moduleName.replaceAll(".", "/"));
  const found = EXTENSIONS.map((extension) => stem + extension).find((path) => existsSync(path));
  if (found === undefined)
    throw new Error(
      `The plugin has no module ${moduleName}: none of ${EXTENSIONS.map((extension) => moduleName + extension).join(", ")} is in its source.`,
    );
  return found;
}
