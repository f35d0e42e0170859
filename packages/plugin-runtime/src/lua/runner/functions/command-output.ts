import { createSchemaValidator, findSchemaViolations, formatJsonPath, type Json, type JsonObject } from "@opendvp/model";
import type { LuaValue } from "../vm/lua-value.ts";
import { bug } from "./host-call.ts";
import type { OutputFile } from "./output-file.ts";

type Validator = ReturnType<typeof createSchemaValidator>;

/** Scripts ask with the same schemas again and again; those that make new ones without end are not remembered. */
const REMEMBERED = 64;
const MOST_SHOWN = 5;
const validators = new Map<string, Validator>();

/** Reads what a command has written for its caller. @throws WireError where it is missing, is no JSON, or does not fit its schema */
export type OutputReader = (output: Exclude<OutputFile, { readonly tooLargeBytes: number }>) => LuaValue;

/** @throws WireError where the schema cannot be used */
export function createOutputReader(functionName: string, schema: JsonObject): OutputReader {
  const validate = validatorOf(functionName, schema);
  return (output) => {
    if (output === "missing")
      throw bug(`${functionName}: the command has removed $DLPX_OUTPUT_FILE, but its outputSchema asks for output.`);
    if (output.content.trim() === "")
      throw bug(`${functionName}: the command has written nothing to $DLPX_OUTPUT_FILE, but its outputSchema asks for output.`);
    const value = parsed(functionName, output.content);
    const violations = validate(value).slice(0, MOST_SHOWN);
    if (violations.length === 0) return value;
    throw bug(`${functionName}: what the command has written to $DLPX_OUTPUT_FILE does not fit its outputSchema: ${told(violations)}.`);
  };
}

/** The parser's own words would show what stands there. */
function parsed(functionName: string, content: string): Json {
  try {
    return JSON.parse(content) as Json;
  } catch (error) {
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
    const line = position === undefined ? content.split("\n").length : content.slice(0, Number(position)).split("\n").length;
    throw bug(`${functionName}: what the command has written to $DLPX_OUTPUT_FILE is no JSON; the mistake is in its line ${line}.`);
  }
}

function told(violations: ReturnType<Validator>): string {
  return violations.map(({ path, message }) => (path.length === 0 ? message : `${formatJsonPath(path)} ${message}`)).join("; ");
}

function validatorOf(functionName: string, schema: JsonObject): Validator {
  const key = JSON.stringify(schema);
  const known = validators.get(key);
  if (known !== undefined) return known;
  try {
    const validator = createSchemaValidator(schema);
    if (validators.size < REMEMBERED) validators.set(key, validator);
    return validator;
  } catch (error) {
    const wrong = findSchemaViolations(schema).slice(0, MOST_SHOWN);
    if (wrong.length > 0) throw bug(`${functionName}: outputSchema is no JSON Schema: ${told(wrong)}.`);
    throw bug(`${functionName}: outputSchema: ${error instanceof Error ? error.message : String(error)}`);
  }
}
