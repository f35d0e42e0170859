import {
  EngineError,
  operationRow,
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

  /** An operation that answers nothing. One that the plugin lacks is skipped, unless it is required. */
  async perform(plugin: Plugin, operation: OperationName, args: OperationArguments, scope: OperationScope): Promise<void> {
    if (this.has(plugin, operation) || this.#isRequired(plugin, operation)) await this.#call(plugin, operation, args, scope);
  }

  /** An operation that answers an object of one of the plugin's schemas: checked, secrets sealed. */
  async askForObject(plugin: Plugin, operation: OperationName, args: OperationArguments, scope: OperationScope): Promise<JsonObject> {
    const result = await this.#call(plugin, operation, args, scope);
    return this.#accept(plugin, operation, result, DEFINITION_OF[operation] ?? "snapshotDefinition");
  }

  /** prepare_snapshot: an object, or nothing. */
  async askForOptionalObject(
    plugin: Plugin,
    operation: OperationName,
    args: OperationArguments,
    scope: OperationScope,
  ): Promise<JsonObject | undefined> {
    const result = await this.#call(plugin, operation, args, scope);
    return result === null ? undefined : this.#accept(plugin, operation, result, "snapshotDefinition");
  }

  /** A discovery: a list of objects. */
  async askForList(
    plugin: Plugin,
    operation: OperationName,
    args: OperationArguments,
    scope: OperationScope,
  ): Promise<readonly JsonObject[]> {
    const result = await this.#call(plugin, operation, args, scope);
    if (!Array.isArray(result)) throw wrongResult(plugin, operation, "a list");
    const definition = DEFINITION_OF[operation] ?? "repositoryDefinition";
    return (result as readonly Json[]).map((item) => this.#accept(plugin, operation, item, definition));
  }

  async askForMounts(
    plugin: Plugin,
    operation: OperationName,
    args: OperationArguments,
    scope: OperationScope,
  ): Promise<MountSpecification> {
    const result = await this.#call(plugin, operation, args, scope);
    return readMountSpecification(result, (what) => wrongResult(plugin, operation, what));
  }

  /** A plugin without the operation counts as ACTIVE. */
  async askForStatus(plugin: Plugin, operation: OperationName, args: OperationArguments, scope: OperationScope): Promise<ObservedStatus> {
    if (!this.has(plugin, operation)) return "ACTIVE";
    const result = await this.#call(plugin, operation, args, scope);
    if (result !== "ACTIVE" && result !== "INACTIVE") throw wrongResult(plugin, operation, "ACTIVE or INACTIVE");
    return result;
  }

  /** Undefined where the plugin does not say. */
  async askForSize(plugin: Plugin, operation: OperationName, args: OperationArguments, scope: OperationScope): Promise<number | undefined> {
    if (!this.has(plugin, operation)) return undefined;
    const result = await this.#call(plugin, operation, args, scope);
    if (typeof result !== "number" || !Number.isFinite(result) || result <= 0)
      throw wrongResult(plugin, operation, "a number of bytes above 0");
    return result;
  }

  /** What the runtime needs to start the plugin. */
  async versionOf(plugin: Plugin): Promise<PluginVersion> {
    return {
      reference: plugin.reference,
      name: plugin.name,
      language: plugin.language,
      pluginType: plugin.pluginType,
      entryPoint: plugin.entryPoint,
      sourceDirectory: await this.#parts.artifacts.unpacked(plugin.artifact),
    };
  }

  #accept(plugin: Plugin, operation: OperationName, result: Json, definition: DefinitionName): JsonObject {
    const what = `What ${operation} of plugin ${plugin.name} returned`;
    return this.#parts.definitions.accept(plugin, definition, result, { code: "PLUGIN_RESULT_INVALID", what });
  }

  #isRequired(plugin: Plugin, operation: OperationName): boolean {
    return operationRow(plugin.pluginType, operation)?.isRequired === true;
  }

  async #call(plugin: Plugin, operation: OperationName, args: OperationArguments, scope: OperationScope): Promise<Json> {
    if (!this.has(plugin, operation)) throw missing(plugin, operation);
    const opened = this.#parts.definitions.open(args as JsonObject);
    const libraries = createPlatformLibraries(this.#parts, { ...scope, arguments: opened });
    const timeLimitMs = this.#timeLimitMs(operation);
    return this.#parts.runtime.call({
      plugin: await this.versionOf(plugin),
      operation,
      arguments: opened,
      libraries,
      signal: scope.signal,
      logPrefix: `[${scope.logSubject}]`,
      ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
    });
  }

  #timeLimitMs(operation: OperationName): number | undefined {
    const { discoveryMs, statusMs, operationMs } = this.#parts.timeLimits;
    if (UNLIMITED.has(operation)) return undefined;
    if (BRIEF.has(operation)) return statusMs;
    return DISCOVERY.has(operation) ? discoveryMs : operationMs;
  }
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
  return new EngineError("PLUGIN_RESULT_INVALID", `${operation} of plugin ${plugin.name} did not return ${wanted}.`, {
    action: "This is a defect of the plugin: report it to its author.",
    details: { plugin: plugin.reference, operation },
  });
}
