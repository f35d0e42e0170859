import type { JsonObject } from "../../json/json.ts";
import type { SchemaFindings } from "../../schemas/rules/findings.ts";
import type { ToolkitApi } from "../build-api.ts";

/** Turns a toolkit of one API into the same toolkit of the next. Changes nothing in what it is given. */
export interface TranslationStep {
  readonly from: ToolkitApi;
  readonly to: ToolkitApi;
  /** What is guessed or given up is a warning, what cannot be read a problem; the paths are those before the step. */
  readonly translate: (toolkit: JsonObject, findings: SchemaFindings) => JsonObject;
}
