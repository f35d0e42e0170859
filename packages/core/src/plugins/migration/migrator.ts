import {
  EngineError,
  isJsonObject,
  isSameJson,
  SecretMask,
  type Json,
  type JsonObject,
  type JsonPath,
  type MigrationKey,
} from "@opendvp/model";
import type { PluginRelease } from "../../entities/plugin.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";
import type { Clock } from "../../ports/clock.ts";
import type { PluginRuntime, PluginVersion } from "../../ports/plugin-runtime.ts";
import type { TimeLimits } from "../../settings/core-settings.ts";
import type { Definitions } from "../definitions.ts";
import { redactSealed } from "../sealing.ts";
import { CHECK_LIMIT_MS, withinTime } from "../within-time.ts";
import { CheckBudget } from "./check-budget.ts";
import { exposedSecrets } from "./exposed-secrets.ts";
import { letOthersRun } from "./let-others-run.ts";
import { MIGRATION_LIBRARIES } from "./migration-libraries.ts";
import { migrationLabel, migrationsFor } from "./migration-plan.ts";
import { DEFINITION_OF_KIND, type StoredValue } from "./stored-value.ts";

export interface MigratorParts {
  readonly runtime: PluginRuntime;
  readonly artifacts: ArtifactStore;
  readonly definitions: Definitions;
  readonly timeLimits: TimeLimits;
  readonly clock: Pick<Clock, "monotonicMs">;
}

/** Whose code runs, and for whom. */
export interface MigratorScope {
  readonly release: PluginRelease;
  /** Processes under this name serve nobody else. */
  readonly processName: string;
  readonly signal: AbortSignal;
  readonly logSubject: string;
}

export interface MigratedValue {
  readonly value: StoredValue;
  /** Its new form, which fits the new schema; secrets sealed. */
  readonly data: JsonObject;
  readonly isChanged: boolean;
  /** Where secrets of before would be readable. */
  readonly exposed: readonly JsonPath[];
  /** It stays in its old form, until the next discovery finds it anew. */
  readonly isLeft: boolean;
}

/** Runs a release's data migrations on copies of stored values, in processes of their own. Changes nothing. */
export class Migrator {
  readonly #parts: MigratorParts;
  readonly #scope: MigratorScope;
  /** Migrations that are about another kind: they say so once. */
  readonly #strangers = new Set<string>();
  readonly #budget: CheckBudget;
  readonly #definitions: Definitions;

  constructor(parts: MigratorParts, scope: MigratorScope) {
    this.#parts = parts;
    this.#scope = scope;
    this.#budget = new CheckBudget(parts.clock, scope.release);
    this.#definitions = parts.definitions.apart();
  }

  /** Why no further value can be checked; undefined as long as one can. */
  get spent(): EngineError | undefined {
    return this.#budget.isSpent ? this.#budget.error() : undefined;
  }

  /** The migrations that a value goes through, as far as is known by now. */
  migrationsOf({ kind, plugin }: StoredValue): readonly MigrationKey[] {
    const all = migrationsFor(kind, plugin, this.#scope.release);
    return all.filter((key) => !this.#strangers.has(strangerKey(kind, key)));
  }

  /** @throws EngineError naming the object: why a migration failed, or where its result does not fit */
  async migrate(value: StoredValue): Promise<MigratedValue> {
    await letOthersRun();
    const definitions = this.#definitions;
    const secrets: Json[] = [];
    const former = definitions.open(value.data, (secret) => secrets.push(secret));
    let current = former;
    const keys = this.migrationsOf(value);
    for (const key of keys) current = await this.#run(value, { key, old: current, secrets });
    const { leave } = value;
    if (leave !== undefined && keys.length === 0 && !this.#fits(value, current)) {
      return { value: { ...value, store: () => leave }, data: value.data, isChanged: true, exposed: [], isLeft: true };
    }
    const data = this.#accept(value, current, secrets);
    const isSame = isSameJson(former, definitions.open(data)) && isSameJson(redactSealed(value.data), redactSealed(data));
    const exposed = isSame ? [] : this.#exposed(value, { secrets, former: value.data, next: data });
    return { value, data, isChanged: !isSame, exposed, isLeft: false };
  }

  /** Ends the processes. */
  async close(): Promise<void> {
    await this.#parts.runtime.retire(this.#scope.processName);
  }

  #fits(value: StoredValue, data: JsonObject): boolean {
    try {
      this.#accept(value, data, []);
      return true;
    } catch (error) {
      if (EngineError.from(error).code === "PLUGIN_LIMIT") throw error;
      return false;
    }
  }

  /** How long the search takes, the plugin decides as well: with many secrets, and texts without end. */
  #exposed(value: StoredValue, change: Parameters<typeof exposedSecrets>[0]): readonly JsonPath[] {
    const done = this.#budget.spend(() => withinTime(CHECK_LIMIT_MS, () => exposedSecrets(change)));
    if (done !== undefined) return done.value;
    throw new EngineError("PLUGIN_LIMIT", `${value.what} cannot be searched for secrets within ${CHECK_LIMIT_MS / 1000} s.`, {
      action: "Nothing was upgraded. Report it to the plugin's author: the value is too large, or holds too many secrets.",
      details: { ...objectDetails(value), limit: "secret search", limitMs: CHECK_LIMIT_MS },
    });
  }

  #accept(value: StoredValue, data: JsonObject, secrets: readonly Json[]): JsonObject {
    const { release } = this.#scope;
    const origin = { code: "PLUGIN_RESULT_INVALID", what: `${value.what}, upgraded to ${release.name} ${release.buildNumber},` } as const;
    try {
      const at = { plugin: release, definition: DEFINITION_OF_KIND[value.kind] };
      return this.#budget.spend(() => this.#definitions.accept(at, data, origin));
    } catch (error) {
      const why = new SecretMask(secrets).error(EngineError.from(error));
      throw misfit(value, why, this.migrationsOf(value).length > 0);
    }
  }

  async #run(
    value: StoredValue,
    step: { readonly key: MigrationKey; readonly old: JsonObject; readonly secrets: readonly Json[] },
  ): Promise<JsonObject> {
    const { key, old } = step;
    const result = await this.#call(value, step).catch((error: unknown) => {
      throw failure(value, key, EngineError.from(error));
    });
    if (isJsonObject(result)) return result;
    if (result !== null) throw failure(value, key, noObject(this.#scope.release));
    this.#strangers.add(strangerKey(value.kind, key));
    return old;
  }

  async #call(
    { kind }: StoredValue,
    { key, old, secrets }: { readonly key: MigrationKey; readonly old: JsonObject; readonly secrets: readonly Json[] },
  ): Promise<Json> {
    const { runtime, timeLimits } = this.#parts;
    const { signal, logSubject } = this.#scope;
    return runtime.call({
      plugin: await this.#version(),
      operation: `upgrade.${kind}`,
      arguments: { ...key, old },
      secrets,
      libraries: MIGRATION_LIBRARIES,
      signal,
      timeLimitMs: timeLimits.operationMs,
      logPrefix: `[${logSubject}]`,
    });
  }

  async #version(): Promise<PluginVersion> {
    const { name, buildNumber, language, pluginType, entryPoint, artifact } = this.#scope.release;
    const sourceDirectory = await this.#parts.artifacts.unpacked(artifact);
    return { reference: this.#scope.processName, name, buildNumber, language, pluginType, entryPoint, sourceDirectory };
  }
}

function strangerKey(kind: StoredValue["kind"], key: MigrationKey): string {
  return `${kind} ${migrationLabel(key)}`;
}

function noObject(release: PluginRelease): EngineError {
  return new EngineError("PLUGIN_RESULT_INVALID", `plugin ${release.name} ${release.buildNumber} did not return an object.`, {
    action: "This is a defect of the plugin: report it to its author.",
  });
}

/** Why a value does not fit its new schema: object, path and keyword, never the value. */
function misfit(value: StoredValue, error: EngineError, isMigrated: boolean): EngineError {
  const { violations } = error.details;
  const keywords = Array.isArray(violations) ? violations.map((violation) => (isJsonObject(violation) ? violation["keyword"] : null)) : [];
  const which = [...new Set(keywords.filter((keyword) => typeof keyword === "string"))].join(", ");
  const message = which === "" ? error.message : `${error.message} The schema's ${which} says so.`;
  if (error.code === "PLUGIN_LIMIT") {
    const { code, action, details } = error;
    return new EngineError(code, message, { action, details: { ...details, ...objectDetails(value) }, cause: error });
  }
  // No migration is to blame: the schemas do not follow each other.
  return new EngineError(isMigrated ? error.code : "PLUGIN_REFUSED", message, {
    action: "Nothing was upgraded. Report it to the plugin's author: a migration has to bring such data into its new form.",
    details: { ...error.details, ...objectDetails(value), ...(isMigrated ? {} : { reason: "schema" }) },
    cause: error,
  });
}

/** The same error, with the object and the migration that it is about. */
function failure(value: StoredValue, key: MigrationKey, error: EngineError): EngineError {
  if (error.code === "CANCELED") return error;
  const label = migrationLabel(key);
  return new EngineError(error.code, `Migration ${label} of ${lowerFirst(value.what)}: ${error.message}`, {
    action: error.action,
    details: { ...error.details, ...objectDetails(value), migration: label },
    cause: error,
  });
}

function objectDetails({ object, objectName }: StoredValue): JsonObject {
  return { object, objectName };
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
