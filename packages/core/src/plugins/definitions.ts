import {
  createSchemaValidator,
  EngineError,
  findSecrets,
  formatJsonPath,
  isJsonObject,
  isSameJson,
  violationError,
  type DefinitionName,
  type ErrorCode,
  type Json,
  type JsonObject,
  type SchemaValidator,
} from "@opendvp/model";
import type { PluginRelease } from "../entities/plugin.ts";
import type { Secrets } from "../ports/secrets.ts";
import { fillRedacted } from "./fill-redacted.ts";
import { openSealed, sealAt } from "./sealing.ts";
import { CHECK_LIMIT_MS, withinTime } from "./within-time.ts";

/** Where a value comes from, for the error that says it does not fit. */
export interface Origin {
  readonly code: ErrorCode;
  /** e.g. `The parameters of vdb1` */
  readonly what: string;
}

/** One of the schemas of a plugin. */
export interface DefinitionOf {
  readonly plugin: Pick<PluginRelease, "schemas" | "artifact" | "prettyName" | "buildNumber">;
  readonly definition: DefinitionName;
}

/** Those of some eighty plugins; one that is needed again after that is compiled again. */
const MOST_KEPT = 500;

/** Checks values against a plugin's schemas and seals the secrets in them. Compiled once per plugin version. */
export class Definitions {
  /** By artifact and definition; what was used last comes last. */
  readonly #validators = new Map<string, SchemaValidator>();
  readonly #secrets: Secrets;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** The same with nothing kept yet: what is compiled for a release that is only being tried goes with it. */
  apart(): Definitions {
    return new Definitions(this.#secrets);
  }

  /** Lets go of what was compiled for an artifact that is gone. */
  forget(artifact: string): void {
    for (const key of this.#validators.keys()) if (key.startsWith(`${artifact}/`)) this.#validators.delete(key);
  }

  /** How many schemas are kept compiled. */
  get keptCount(): number {
    return this.#validators.size;
  }

  /**
   * The value, checked and with its secrets sealed: what may be stored.
   * @throws EngineError with the origin's code, naming path and keyword of what does not fit, never the value; `PLUGIN_LIMIT` where the
   *   schema makes the check take too long
   */
  accept(at: DefinitionOf, value: Json, origin: Origin): JsonObject {
    const secrets = inTime(at, origin, () => {
      const violations = this.#validator(at)(value);
      if (violations.length > 0) throw violationError(origin.code, origin.what, violations);
      return findSecrets(at.plugin.schemas[at.definition], value);
    });
    if (!isJsonObject(value)) throw new EngineError(origin.code, `${origin.what} is no object.`, { action: "Give a JSON object." });
    return sealAt(this.#secrets, value, secrets) as JsonObject;
  }

  /** A changed value, in which a blanked-out secret means the stored one. */
  acceptChange(at: DefinitionOf, change: { readonly next: JsonObject; readonly former: JsonObject }, origin: Origin): JsonObject {
    const { value, unknown } = fillRedacted(this.#secrets, change.next, change.former);
    const secrets = inTime(at, origin, () => findSecrets(at.plugin.schemas[at.definition], value));
    const lost = unknown.find((path) => secrets.some((secret) => isSameJson(secret, path)));
    if (lost === undefined) return this.accept(at, value, origin);
    throw new EngineError(origin.code, `${origin.what}: ${formatJsonPath(lost)} is blanked out, and no secret is stored there.`, {
      action: "Give the secret itself.",
      details: { path: lost },
    });
  }

  /** The stored value with its secrets in plain text: for the plugin. `onSecret` hears each, to keep it out of all that is shown. */
  open(value: JsonObject, onSecret?: (secret: Json) => void): JsonObject {
    return openSealed(this.#secrets, value, onSecret);
  }

  #validator({ plugin, definition }: DefinitionOf): SchemaValidator {
    const key = `${plugin.artifact}/${definition}`;
    const validator = this.#validators.get(key) ?? createSchemaValidator(plugin.schemas[definition]);
    this.#validators.delete(key);
    this.#validators.set(key, validator);
    const [oldest] = this.#validators.keys();
    if (this.#validators.size > MOST_KEPT && oldest !== undefined) this.#validators.delete(oldest);
    return validator;
  }
}

function inTime<T>({ plugin, definition }: DefinitionOf, { what }: Origin, check: () => T): T {
  const done = withinTime(CHECK_LIMIT_MS, check);
  if (done !== undefined) return done.value;
  const schema = `the ${definition} of ${plugin.prettyName} ${plugin.buildNumber}`;
  throw new EngineError("PLUGIN_LIMIT", `${what} cannot be checked within ${CHECK_LIMIT_MS / 1000} s: ${schema} takes longer.`, {
    action: "Simplify the patterns, branches and references of that schema, or give another value.",
    details: { limit: "schema check", limitMs: CHECK_LIMIT_MS, definition },
  });
}
