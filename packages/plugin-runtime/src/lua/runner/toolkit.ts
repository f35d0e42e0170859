import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  DISCOVERY_SCRIPTS,
  hasStatements,
  isJsonObject,
  LINKED_SCRIPTS,
  toolkitMigrations,
  toolkitOperations,
  UPGRADE_SCRIPTS,
  VIRTUAL_SCRIPTS,
  type Json,
  type JsonObject,
  type LuaMigrations,
  type OperationName,
  type PluginType,
} from "@opendvp/model";
import type { LuaChunk } from "./vm/lua-state.ts";

const FILE = "toolkit.json";

/** The kinds of object that a toolkit has schemas for. */
export type SchemaName = "repository" | "sourceConfig" | "linkedSource" | "virtualSource" | "snapshot";

export type ScriptGroup = "discovery" | "linked" | "virtual" | "upgrade";

/** A legacy toolkit, as its artifact of the current API says it. */
export interface Toolkit {
  readonly name: string;
  readonly version: string;
  readonly pluginType: PluginType;
  readonly schemas: Readonly<Record<SchemaName, JsonObject>>;
  /** By path. */
  readonly resources: Readonly<Record<string, string>>;
  readonly locale: string;
  /** Those of that locale, by id. */
  readonly messages: Readonly<Record<string, string>>;
  /** Those that it implements. */
  readonly operations: readonly OperationName[];
  readonly luaMigrations: LuaMigrations;
  /** `major.minor` of the version that its upgrade scripts upgrade from. */
  readonly upgradesFrom: string | undefined;
  /** Undefined where the toolkit has no such script, or one that does nothing. */
  script(group: ScriptGroup, name: string): LuaChunk | undefined;
  readonly scripts: readonly LuaChunk[];
}

/** @throws Error where it is no toolkit */
export function loadToolkit(sourceDirectory: string): Toolkit {
  return readToolkit(JSON.parse(readFileSync(join(sourceDirectory, FILE), "utf8")) as Json);
}

function readToolkit(artifact: Json): Toolkit {
  if (!isJsonObject(artifact)) throw new Error(`${FILE} holds no toolkit.`);
  const member = (name: string): JsonObject => objectOf(artifact[name]);
  const [discovery, linked, virtual] = [member("discoveryDefinition"), member("linkedSourceDefinition"), member("virtualSourceDefinition")];
  const pluginType = linked["type"] === "ToolkitLinkedDirectSource" ? "DIRECT" : "STAGED";
  const locale = textOf(artifact["defaultLocale"]);
  const upgradesFrom = /^\d+\.\d+/.exec(textOf(member("upgradeDefinition")["fromVersion"]))?.[0];
  const groups = {
    discovery: { directory: "discovery", scripts: discovery },
    linked: { directory: pluginType === "DIRECT" ? "direct" : "staged", scripts: linked },
    virtual: { directory: "virtual", scripts: virtual },
    upgrade: { directory: `upgrade/${upgradesFrom ?? ""}`, scripts: member("upgradeDefinition") },
  } as const;
  const script = (group: ScriptGroup, name: string): LuaChunk | undefined => {
    const { directory, scripts } = groups[group];
    const text = textOf(scripts[name]);
    return hasStatements(text) ? { file: `${directory}/${FILES[name] ?? name}.lua`, text } : undefined;
  };
  return {
    name: textOf(artifact["name"]),
    version: textOf(artifact["version"]),
    pluginType,
    schemas: {
      repository: objectOf(discovery["repositorySchema"]),
      sourceConfig: objectOf(discovery["sourceConfigSchema"]),
      linkedSource: objectOf(linked["parameters"]),
      virtualSource: objectOf(virtual["parameters"]),
      snapshot: member("snapshotSchema"),
    },
    resources: textsOf(artifact["resources"]),
    locale,
    messages: messagesOf(artifact["messages"], locale),
    operations: toolkitOperations(artifact, pluginType),
    luaMigrations: toolkitMigrations(artifact["upgradeDefinition"]),
    upgradesFrom,
    script,
    scripts: (Object.keys(groups) as ScriptGroup[]).flatMap((group) =>
      Object.keys(groups[group].scripts).flatMap((name) => (SCRIPTS[group].includes(name) ? (script(group, name) ?? []) : [])),
    ),
  };
}

const SCRIPTS: Readonly<Record<ScriptGroup, readonly string[]>> = {
  discovery: DISCOVERY_SCRIPTS,
  linked: [...LINKED_SCRIPTS.DIRECT, ...LINKED_SCRIPTS.STAGED].map(({ key }) => key),
  virtual: VIRTUAL_SCRIPTS.map(({ key }) => key),
  upgrade: UPGRADE_SCRIPTS.map(({ key }) => key),
};

/** Scripts whose file is called otherwise. */
const FILES: Readonly<Record<string, string>> = Object.fromEntries(UPGRADE_SCRIPTS.map(({ key, file }) => [key, file]));

/** Locales are told apart without regard to case, `_` and `-`. */
function messagesOf(value: Json | undefined, locale: string): Readonly<Record<string, string>> {
  const locales = Array.isArray(value) ? (value as readonly Json[]).map(objectOf) : [];
  const wanted = canonical(locale);
  return textsOf(locales.find((each) => canonical(textOf(each["locale"] ?? each["localeName"])) === wanted)?.["messages"]);
}

function canonical(locale: string): string {
  return locale.toLowerCase().replaceAll("_", "-");
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function textsOf(value: Json | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(objectOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
