import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PluginVersion } from "@opendvp/core";
import type { JsonObject, PluginType } from "@opendvp/model";

/** Lua by script, as they are called in a toolkit's directory: `virtual/start`. */
export type Scripts = Readonly<Record<string, string>>;

export interface ToolkitParts {
  readonly pluginType?: PluginType;
  readonly schemas?: Readonly<Record<string, JsonObject>>;
  readonly resources?: Readonly<Record<string, string>>;
  readonly messages?: JsonObject;
  /** More members of the artifact, or others instead. */
  readonly changes?: JsonObject;
}

const OPEN: JsonObject = { type: "object" };
const directories: string[] = [];
let written = 0;

/** Writes a toolkit as the engine unpacks one: a single file in a directory. */
export async function writeToolkit(scripts: Scripts, parts: ToolkitParts = {}): Promise<PluginVersion> {
  const { pluginType = "STAGED", schemas = {}, resources = {}, messages = {}, changes = {} } = parts;
  const linkedType = pluginType === "STAGED" ? "ToolkitLinkedStagedSource" : "ToolkitLinkedDirectSource";
  return unpack(
    {
      type: "Toolkit",
      name: "delphixdb",
      version: "1.2.3",
      defaultLocale: "en-us",
      discoveryDefinition: {
        repositorySchema: schemas["repository"] ?? OPEN,
        sourceConfigSchema: schemas["sourceConfig"] ?? OPEN,
        ...scriptsOf(scripts, "discovery"),
      },
      linkedSourceDefinition: {
        type: linkedType,
        parameters: schemas["linkedSource"] ?? OPEN,
        ...scriptsOf(scripts, pluginType === "STAGED" ? "staged" : "direct"),
      },
      virtualSourceDefinition: { parameters: schemas["virtualSource"] ?? OPEN, ...scriptsOf(scripts, "virtual") },
      upgradeDefinition: { fromVersion: "1.1.0", ...scriptsOf(scripts, "upgrade") },
      snapshotSchema: schemas["snapshot"] ?? OPEN,
      resources,
      messages: [{ locale: "en-US", messages }],
      ...changes,
    },
    pluginType,
  );
}

/** Any file as the one of a toolkit. */
export async function unpack(content: JsonObject | string, pluginType: PluginType = "STAGED"): Promise<PluginVersion> {
  const sourceDirectory = await mkdtemp("/var/tmp/opendvp-test-toolkit-");
  directories.push(sourceDirectory);
  await chmod(sourceDirectory, 0o755);
  await writeFile(join(sourceDirectory, "toolkit.json"), typeof content === "string" ? content : JSON.stringify(content));
  written += 1;
  return {
    reference: `APPDATA_TOOLKIT-9${written}`,
    name: "delphixdb",
    language: "LUA",
    pluginType,
    entryPoint: "toolkit",
    sourceDirectory,
  };
}

export async function removeToolkits(): Promise<void> {
  for (const directory of directories.splice(0)) await rm(directory, { recursive: true, force: true });
}

function scriptsOf(scripts: Scripts, directory: string): JsonObject {
  const own = Object.entries(scripts).filter(([path]) => path.startsWith(`${directory}/`));
  return Object.fromEntries(own.map(([path, text]) => [path.slice(directory.length + 1), text]));
}
