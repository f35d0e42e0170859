import { createSchemaValidator, EngineError, isJsonObject, violationError, type Json, type JsonObject } from "@opendvp/model";
import { CONFIGURATION_SCHEMA } from "./configuration-schema.ts";

/** The text of a configuration file, checked. @throws EngineError `INPUT_INVALID`, naming each setting that cannot be accepted */
export function parseConfiguration(file: string, text: string): JsonObject {
  const value = parsed(file, text);
  const violations = createSchemaValidator(CONFIGURATION_SCHEMA)(value);
  if (violations.length > 0 || !isJsonObject(value)) throw violationError("INPUT_INVALID", `The configuration in ${file}`, violations);
  return value;
}

function parsed(file: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EngineError("INPUT_INVALID", `${file} is no JSON: ${reason}.`, {
      action: "Correct it, or restore it from a backup of the data directory.",
      cause,
    });
  }
}
