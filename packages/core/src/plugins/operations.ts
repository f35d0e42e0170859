import {
  EngineError,
  operationRow,
  SecretMask,
  type DefinitionName,
  type Json,
  type JsonObject,
  type OperationArguments,
  type OperationName,
} from "@opendvp/model";
import type { Plugin } from "../entities/plugin.ts";
import type { ObservedStatus } from "../entities/dataset.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import type { PluginRuntime, PluginVersion } from "../ports/plugin-runtime.ts";
import type { TimeLimits } from "../settings/core-settings.ts";
import type { Definitions } from "./definitions.ts";
import { readMountSpecification, type MountSpecification } from "./mount-specification.ts";
import { createPlatformLibraries, type LibraryParts } from "./platform-libraries.ts";

/** What an operation is called with beside its arguments. */
export interface OperationScope {
  readonly mark: string;
  readonly signal: AbortSignal;
  /** Names the work in the plugin's log, e.g. `JOB-315|VIRTUAL_REFRESH(APPDATA_CONTAINER-7)`. */
  readonly logSubject: string;
  readonly syncDirectory?: string;
  readonly onSyncProgress?: (percent: number) => void;
}

export interface OperationParts extends LibraryParts {
  readonly runtime: PluginRuntime;
  readonly artifacts: ArtifactStore;
  readonly definitions: Definitions;
  readonly timeLimits: TimeLimits;
}

/** What a plugin is asked with. */
interface Asked {
  readonly args: OperationArguments;
  readonly scope: OperationScope;
}

// These move data, so that no limit fits them all.
const UNLIMITED: ReadonlySet<OperationName> = new Set([
  "linked.preSnapshot",
  "linked.startStaging",
  "linked.prepareSnapshot",
  "virtual.prepareSnapshot",
]);
const BRIEF: ReadonlySet<OperationName> = new Set(["linked.status", "linked.worker", "virtual.status"]);
const DISCOVERY: ReadonlySet<OperationName> = new Set(["discovery.repository", "discovery.sourceConfig"]);

/** Calls plugins: arguments and results are checked here, once. */
export class PluginOperations {
  readonly #parts: OperationParts;

  constructor(parts: OperationParts) {
    this.#parts = parts;
  }

  has(plugin: Plugin, operation: OperationName): boolean {
    return plugin.operations.includes(operation);
  }

  of(plugin: Plugin): OperationsOfPlugin {
    return new OperationsOfPlugin(this.#parts, plugin);
  }
}

/** The operations of one plugin. */
export class OperationsOfPlugin {
  readonly #parts: OperationParts;
  readonly #plugin: Plugin;

  constructor(parts: OperationParts, plugin: Plugin) {
    this.#parts = parts;
    this.#plugin = plugin;
  }

  /** An operation that answers nothing. One that the plugin lacks is skipped, unless it is required. */
  async perform(operation: OperationName, args: OperationArguments, scope: OperationScope): Promise<void> {
    const isRequired = operationRow(this.#plugin.pluginType, operation)?.isRequired === true;
    if (this.#has(operation) || isRequired) await this.#ask(operation, { args, scope }, () => undefined);
  }

  /** An operation that answers an object of one of the plugin's schemas: checked, secrets sealed. */
  async askForObject(operation: OperationName, args: OperationArguments, scope: OperationScope): Promise<JsonObject> {
    return this.#ask(operation, { args, scope }, (result) =>
      this.#accept(operation, result, DEFINITION_OF[operation] ?? "snapshotDefinition"),
    );
  }

  /** prepare_snapshot: an object, or nothing. */
  async askForOptionalObject(operation: OperationName, args: OperationArguments, scope: OperationScope): Promise<JsonObject | undefined> {
    return this.#ask(operation, { args, scope }, (result) =>
      result === null ? undefined : this.#accept(operation, result, "snapshotDefinition"),
    );
  }

  /** A discovery: a list of objects. */
  async askForList(operation: OperationName, args: OperationArguments, scope: OperationScope): Promise<readonly JsonObject[]> {
    const definition = DEFINITION_OF[operation] ?? "repositoryDefinition";
    return this.#ask(operation, { args, scope }, (result) => {
      if (!Array.isArray(result)) throw wrongResult(this.#plugin, operation, "a list");
      return (result as readonly Json[]).map((item) => this.#accept(operation, item, definition));
    });
  }

  async askForMounts(operation: OperationName, args: OperationArguments, scope: OperationScope): Promise<MountSpecification> {
    const wrong = (what: string): EngineError => wrongResult(this.#plugin, operation, what);
    return this.#ask(operation, { args, scope }, (result) => readMountSpecification(result, wrong));
  }

  /** A plugin without the operation counts as ACTIVE; one that cannot tell says UNKNOWN. */
  async askForStatus(operation: OperationName, args: OperationArguments, scope: OperationScope): Promise<ObservedStatus> {
    if (!this.#has(operation)) return "ACTIVE";
    return this.#ask(operation, { args, scope }, (result) => {
      if (result !== "ACTIVE" && result !== "INACTIVE" && result !== "UNKNOWN")
        throw wrongResult(this.#plugin, operation, "ACTIVE or INACTIVE");
      return result;
    });
  }

  /** Undefined where the plugin does not say. */
  async askForSize(operation: OperationName, args: OperationArguments, scope: OperationScope): Promise<number | undefined> {
    if (!this.#has(operation)) return undefined;
    return this.#ask(operation, { args, scope }, (result) => {
      const isSize = typeof result === "number" && Number.isFinite(result) && result > 0;
      if (!isSize) throw wrongResult(this.#plugin, operation, "a number of bytes above 0");
      return result;
    });
  }

  #has(operation: OperationName): boolean {
    return this.#plugin.operations.includes(operation);
  }

  #accept(operation: OperationName, result: Json, definition: DefinitionName): JsonObject {
    const origin = {
      code: "PLUGIN_RESULT_INVALID",
      what: `What ${operation} of plugin ${this.#plugin.name} ${this.#plugin.buildNumber} returned`,
    } as const;
    return this.#parts.definitions.accept({ plugin: this.#plugin, definition }, result, origin);
  }

  /** Calls the plugin and reads its result. The runtime keeps the secrets out of its errors; what is said of a result must not tell them either. */
  async #ask<T>(operation: OperationName, { args, scope }: Asked, read: (result: Json) => T): Promise<T> {
    if (!this.#has(operation)) throw missing(this.#plugin, operation);
    const secrets: Json[] = [];
    const opened = this.#parts.definitions.open(args, (secret) => secrets.push(secret));
    const result = await this.#call(operation, { args: opened, scope }, secrets);
    try {
      return read(result);
    } catch (error) {
      throw new SecretMask(secrets).error(EngineError.from(error));
    }
  }

  /** What a plugin let commands do on hosts ends with its operation, whatever ended that. */
  async #call(operation: OperationName, { args, scope }: Asked, secrets: readonly Json[]): Promise<Json> {
    const timeLimitMs = timeLimitOf(operation, this.#parts.timeLimits);
    const ended = new AbortController();
    const end = (): void => ended.abort(scope.signal.reason);
    if (scope.signal.aborted) end();
    scope.signal.addEventListener("abort", end);
    try {
      return await this.#parts.runtime.call({
        plugin: await this.#version(),
        operation,
        arguments: args,
        secrets,
        libraries: createPlatformLibraries(this.#parts, { ...scope, signal: ended.signal, arguments: args }),
        signal: scope.signal,
        logPrefix: `[${scope.logSubject}]`,
        ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
      });
    } finally {
      scope.signal.removeEventListener("abort", end);
      end();
    }
  }

  async #version(): Promise<PluginVersion> {
    const { reference, name, buildNumber, language, pluginType, entryPoint, artifact } = this.#plugin;
    return {
      reference,
      name,
      buildNumber,
      language,
      pluginType,
      entryPoint,
      sourceDirectory: await this.#parts.artifacts.unpacked(artifact),
    };
  }
}

function timeLimitOf(operation: OperationName, { discoveryMs, statusMs, operationMs }: TimeLimits): number | undefined {
  if (UNLIMITED.has(operation)) return undefined;
  if (BRIEF.has(operation)) return statusMs;
  return DISCOVERY.has(operation) ? discoveryMs : operationMs;
}

const DEFINITION_OF: Readonly<Partial<Record<OperationName, DefinitionName>>> = {
  "discovery.repository": "repositoryDefinition",
  "discovery.sourceConfig": "sourceConfigDefinition",
  "virtual.configure": "sourceConfigDefinition",
  "virtual.reconfigure": "sourceConfigDefinition",
  "virtual.initialize": "sourceConfigDefinition",
  "virtual.postSnapshot": "snapshotDefinition",
  "linked.postSnapshot": "snapshotDefinition",
};

function missing(plugin: Plugin, operation: OperationName): EngineError {
  return new EngineError(
    "PLUGIN_OPERATION_MISSING",
    `Plugin ${plugin.name} ${plugin.buildNumber} does not implement ${operation}, which this needs.`,
    {
      action: "Ask the plugin's author to implement it.",
      details: { plugin: plugin.reference, operation },
    },
  );
}

function wrongResult(plugin: Plugin, operation: OperationName, wanted: string): EngineError {
  return new EngineError("PLUGIN_RESULT_INVALID", `${operation} of plugin ${plugin.name} ${plugin.buildNumber} did not return ${wanted}.`, {
    action: "This is a defect of the plugin: report it to its author.",
    details: { plugin: plugin.reference, operation },
  });
}
