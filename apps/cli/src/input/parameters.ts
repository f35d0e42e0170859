import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { EngineError, isJsonObject, type Json, type JsonObject } from "@opendvp/model";
import { parse as parseYaml } from "yaml";
import { repeated } from "../command/add-command.ts";
import type { Terminal } from "../terminal.ts";
import { parameterValue } from "./parameter-value.ts";
import { propertyAt, setAt } from "./schema-property.ts";

/** Values that a plugin's schema defines, as they are given to a command. */
export interface ParameterOptions {
  readonly param?: readonly string[];
  readonly params?: string;
  readonly paramsFile?: string;
}

export function addParameterOptions(command: Command): Command {
  return command
    .option(
      "--param <name=value>",
      "one parameter of the plugin; name=@FILE takes a file, a name alone asks for a secret; repeatable",
      repeated,
    )
    .option("--params <json>", "all parameters of the plugin as JSON")
    .option("--params-file <path>", "all parameters of the plugin as a JSON or YAML file");
}

/**
 * The parameters that were given: a file's or a text's as they are, single ones in the types of the plugin's schema.
 * Undefined where none was given. @throws EngineError `INPUT_INVALID`
 */
export async function readParameters(
  terminal: Terminal,
  options: ParameterOptions,
  loadSchema: () => Promise<JsonObject>,
): Promise<JsonObject | undefined> {
  const base = await readBase(options);
  if (options.param === undefined) return base;
  const schema = await loadSchema();
  let parameters = base ?? {};
  for (const given of options.param) {
    const [name, text] = splitAssignment(given);
    const value = await parameterValue(terminal, { name, text, property: propertyAt(schema, name) });
    parameters = setAt(parameters, name.split("."), value);
  }
  return parameters;
}

async function readBase(options: ParameterOptions): Promise<JsonObject | undefined> {
  if (options.params !== undefined && options.paramsFile !== undefined) {
    throw new EngineError("INPUT_INVALID", "Both --params and --params-file were given.", { action: "Give one of them." });
  }
  if (options.params !== undefined) return asObject(options.params, "--params");
  if (options.paramsFile === undefined) return undefined;
  const path = options.paramsFile;
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new EngineError("INPUT_INVALID", `The file ${path} cannot be read.`, { action: "Check its path and its permissions.", cause });
  });
  return asObject(text, path);
}

// YAML takes JSON too. The text is not repeated in the error: it may hold secrets.
function asObject(text: string, what: string): JsonObject {
  let value: Json;
  try {
    value = parseYaml(text) as Json;
  } catch (cause) {
    throw new EngineError("INPUT_INVALID", `${what} is neither JSON nor YAML.`, { action: "Check its quotes, commas and braces.", cause });
  }
  if (isJsonObject(value)) return value;
  throw new EngineError("INPUT_INVALID", `${what} is not an object.`, { action: 'Write it like {"mountPath": "/mnt/vdb1"}.' });
}

function splitAssignment(given: string): readonly [string, string | undefined] {
  const equals = given.indexOf("=");
  return equals < 0 ? [given, undefined] : [given.slice(0, equals), given.slice(equals + 1)];
}
