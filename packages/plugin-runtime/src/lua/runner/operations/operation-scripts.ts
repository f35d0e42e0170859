import { isJsonObject, type Json, type JsonObject } from "@opendvp/model";
import { asJson } from "../as-json.ts";
import type { Engine } from "../engine.ts";
import { bug } from "../functions/host-call.ts";
import { nameOf } from "../script-error.ts";
import type { ScriptRunner } from "../script-runner.ts";
import type { SchemaName, ScriptGroup, Toolkit } from "../toolkit.ts";
import type { LuaChunk } from "../vm/lua-state.ts";
import type { LuaValue } from "../vm/lua-value.ts";
import { listOf, placeOfSchema, type SchemaPlace } from "../vm/schema-place.ts";
import { toldValue } from "../vm/told-value.ts";
import type { Scene } from "./scene.ts";

interface WantedObject {
  readonly scene: Scene;
  readonly schema: SchemaName;
  readonly isRequired?: boolean;
}

interface WrongResult {
  /** Goes on after "it must return". */
  readonly wanted: string;
  readonly returned: LuaValue;
}

/** Runs the scripts of operations, and reads what they return as what it has to be. A script that is missing returns nothing. */
export class OperationScripts {
  readonly toolkit: Toolkit;
  readonly engine: Engine;
  readonly #runner: ScriptRunner;
  #connection: JsonObject = {};

  constructor(runner: ScriptRunner, { toolkit, engine }: { readonly toolkit: Toolkit; readonly engine: Engine }) {
    this.#runner = runner;
    this.toolkit = toolkit;
    this.engine = engine;
  }

  /** Of the script that runs. */
  get connection(): JsonObject {
    return this.#connection;
  }

  has(group: ScriptGroup, name: string): boolean {
    return this.toolkit.script(group, name) !== undefined;
  }

  /** A script whose result is not asked for. */
  perform(group: ScriptGroup, name: string, scene: Scene): null {
    this.value(group, name, { scene });
    return null;
  }

  /** An object. Nothing is an empty one, unless there has to be something. */
  object(group: ScriptGroup, name: string, { scene, schema, isRequired = false }: WantedObject): JsonObject {
    const value = this.value(group, name, { scene, schema: this.#placeOf(schema) });
    return this.#read(group, name, value === undefined && !isRequired ? {} : value);
  }

  /** A list of objects; nothing is an empty one. */
  list(group: ScriptGroup, name: string, { scene, schema }: WantedObject): readonly Json[] {
    const value = this.value(group, name, { scene, schema: listOf(this.#placeOf(schema)) }) ?? [];
    if (!Array.isArray(value)) throw this.wrong(group, name, { wanted: "a list", returned: value });
    return (value as readonly LuaValue[]).map((item) => this.#read(group, name, item));
  }

  /** Whatever it returns; undefined where it does not exist, or returns nothing. */
  value(group: ScriptGroup, name: string, { scene, schema }: { readonly scene: Scene; readonly schema?: SchemaPlace }): LuaValue {
    const script = this.toolkit.script(group, name);
    if (script === undefined) return undefined;
    this.#connection = scene.connection;
    return this.#runner.run(script, scene.globals, schema);
  }

  /** Says that a script has returned something else than it should. */
  wrong(group: ScriptGroup, name: string, { wanted, returned }: WrongResult): Error {
    const place = `${nameOf(this.toolkit)}, ${this.#fileOf(group, name)}`;
    return bug(`${place}: it must return ${wanted}; it has returned ${toldValue(returned)}.`);
  }

  #placeOf(schema: SchemaName): SchemaPlace {
    return placeOfSchema({ type: "object", ...this.toolkit.schemas[schema] });
  }

  #read(group: ScriptGroup, name: string, value: LuaValue): JsonObject {
    const json = asJson(value, `${nameOf(this.toolkit)}, ${this.#fileOf(group, name)}: what it returns`);
    if (!isJsonObject(json)) throw this.wrong(group, name, { wanted: "tables of its schema", returned: value });
    return json;
  }

  #fileOf(group: ScriptGroup, name: string): string {
    const script: LuaChunk | undefined = this.toolkit.script(group, name);
    return script?.file ?? name;
  }
}
