import { basename } from "node:path";
import { EngineError, type Json, type JsonObject, type LuaMigrations } from "@opendvp/model";
import type { MigrationCall, PluginCall, PluginDescription, PluginRuntime, PluginVersion } from "../../src/ports/plugin-runtime.ts";

/** What the code of a toy release does. */
export interface ToyCode {
  readonly migrationIds?: readonly string[];
  readonly luaMigrations?: LuaMigrations;
  /** By `repository 2.0`, or `repository Lua 1.0` for one from a version of a toolkit. */
  readonly migrations?: Readonly<Record<string, (old: JsonObject, call: MigrationCall) => Json | Promise<Json>>>;
  readonly failsToStart?: boolean;
}

/** Stands for processes of plugins: the code of an artifact is found by its SHA-256. */
export class ToyRuntime implements PluginRuntime {
  readonly code = new Map<string, ToyCode>();
  readonly described: PluginVersion[] = [];
  readonly calls: MigrationCall[] = [];
  readonly retired: string[] = [];

  describe(plugin: PluginVersion): Promise<PluginDescription> {
    this.described.push(plugin);
    const { migrationIds = [], luaMigrations = {}, failsToStart = false } = this.#codeOf(plugin);
    if (failsToStart) return Promise.reject(new EngineError("PLUGIN_INVALID", "It does not start."));
    return Promise.resolve({ operations: [], migrationIds, luaMigrations, warnings: [] });
  }

  async call(call: PluginCall): Promise<Json> {
    call.signal.throwIfAborted();
    if (!isMigration(call)) throw new Error("The toy migrates, and does nothing else.");
    this.calls.push(call);
    const { old } = call.arguments;
    const migration = this.#codeOf(call.plugin).migrations?.[nameOf(call)];
    return migration === undefined ? null : migration(structuredClone(old), call);
  }

  retire(reference: string): Promise<void> {
    this.retired.push(reference);
    return Promise.resolve();
  }

  status(): ReturnType<PluginRuntime["status"]> {
    return { processes: [], missingGuards: [] };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #codeOf({ sourceDirectory }: PluginVersion): ToyCode {
    return this.code.get(basename(sourceDirectory)) ?? {};
  }
}

function isMigration(call: PluginCall): call is MigrationCall {
  return call.operation.startsWith("upgrade.");
}

/** e.g. `virtualSource 2.0` */
function nameOf({ operation, arguments: { migrationId, luaVersion } }: MigrationCall): string {
  const key = typeof luaVersion === "string" ? `Lua ${luaVersion}` : JSON.stringify(migrationId).slice(1, -1);
  return `${operation.slice("upgrade.".length)} ${key}`;
}
