import { Ajv, type ErrorObject } from "ajv";
import { EngineError } from "../errors/engine-error.ts";
import type { ErrorCode } from "../errors/error-codes.ts";
import type { Json, JsonObject } from "../json/json.ts";
import { formatJsonPath, type JsonPath } from "../json/json-path.ts";
import { REFERENCE_FORMS, SCHEMA_FORMATS, unixPathProblem } from "./formats.ts";
import { PLATFORM_SCHEMA } from "./platform-definitions.ts";

/** Where a value does not fit its schema, and by which keyword. Never contains the value. */
export interface Violation {
  readonly path: JsonPath;
  readonly keyword: string;
  readonly message: string;
}

/** Everything in a value that does not fit; empty = it fits. Changes nothing in the value. */
export type SchemaValidator = (value: Json) => readonly Violation[];

const MOST_SHOWN = 20;

/**
 * Compiles a definition. Costs milliseconds: keep the result for as long as the plugin version lives.
 * @throws EngineError `PLUGIN_INVALID` where it cannot be compiled
 */
export function createSchemaValidator(definition: JsonObject): SchemaValidator {
  try {
    const validate = createAjv().compile(withoutAddress(definition));
    return (value) => unlessTooDeep(() => (validate(value) ? [] : (validate.errors ?? []).map(toViolation)));
  } catch (thrown) {
    const why = isTooDeep(thrown) ? "its parts lie too deep" : thrown instanceof Error ? thrown.message : String(thrown);
    throw new EngineError("PLUGIN_INVALID", `The schema cannot be used: ${why}.`, {
      action: "Correct the schema.",
      cause: thrown,
    });
  }
}

// Compiling the schema of schemas costs more than using it: once is enough.
let draft07: Ajv | undefined;

/** Where a schema itself is no draft-07 schema. */
export function findSchemaViolations(definition: JsonObject): readonly Violation[] {
  draft07 ??= createAjv();
  const ajv = draft07;
  return unlessTooDeep(() =>
    ajv.validateSchema(withoutAddress(definition)) === true ? [] : alternatives((ajv.errors ?? []).map(toViolation)),
  );
}

/** Of a place that fits none of several forms, one violation that tells what each wants. */
function alternatives(violations: readonly Violation[]): readonly Violation[] {
  const placeOf = ({ path }: Violation): string => formatJsonPath(path);
  const branched = new Set(violations.filter(({ keyword }) => keyword === "anyOf").map(placeOf));
  const joined = [...branched].flatMap((place): readonly Violation[] => {
    const [first, ...others] = violations.filter((one) => one.keyword !== "anyOf" && placeOf(one) === place);
    if (first === undefined) return violations.filter((one) => placeOf(one) === place);
    const wanted = new Set([first, ...others].map(({ message }) => message.replace(/^must be /, "")));
    return [{ ...first, message: `must be ${[...wanted].join(", or ")}` }];
  });
  return [...violations.filter((one) => !branched.has(placeOf(one))), ...joined];
}

/** Validation goes as deep as schema and value do together, and has only so much stack. */
function unlessTooDeep(validate: () => readonly Violation[]): readonly Violation[] {
  try {
    return validate();
  } catch (thrown) {
    if (!isTooDeep(thrown)) throw thrown;
    return [{ path: [], keyword: "depth", message: "is nested too deep to be checked" }];
  }
}

function isTooDeep(thrown: unknown): boolean {
  return thrown instanceof RangeError && thrown.message.includes("call stack");
}

/** Violations as one error; its details name path and keyword of each. `what` is the subject: "The result of virtual.configure". */
export function violationError(code: ErrorCode, what: string, violations: readonly Violation[]): EngineError {
  const shown = violations.slice(0, MOST_SHOWN);
  const text = shown.map(({ path, message }) => (path.length === 0 ? message : `${formatJsonPath(path)} ${message}`)).join("; ");
  const rest = violations.length > MOST_SHOWN ? `; and ${String(violations.length - MOST_SHOWN)} more` : "";
  return new EngineError(code, `${what} cannot be accepted: ${text}${rest}.`, {
    action: "Correct what is named.",
    details: { violations: shown.map(({ path, keyword, message }): JsonObject => ({ path: [...path], keyword, message })) },
  });
}

function createAjv(): Ajv {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    // With the value that does not fit, to say what is wrong with it; what is said never contains it.
    verbose: true,
    validateSchema: false,
    discriminator: true,
    unicodeRegExp: false,
    logger: false,
    formats: { ...SCHEMA_FORMATS },
  });
  ajv.addKeyword({ keyword: "referenceType", type: "string", schemaType: "string", validate: isReferenceOfType, errors: false });
  ajv.addSchema(PLATFORM_SCHEMA);
  return ajv;
}

function isReferenceOfType(referenceType: string, value: string): boolean {
  return REFERENCE_FORMS[referenceType]?.test(value) ?? true;
}

/** The address of a definition, and the draft that it claims, mean nothing here. */
function withoutAddress(definition: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(definition).filter(([name]) => name !== "$id" && name !== "$schema"));
}

function toViolation(error: ErrorObject): Violation {
  return { path: parsePointer(error.instancePath), keyword: error.keyword, message: messageOf(error) };
}

function messageOf({ keyword, params, message, data }: ErrorObject): string {
  const given = params as JsonObject;
  switch (keyword) {
    case "required":
      return `must have the property ${JSON.stringify(given["missingProperty"])}`;
    case "additionalProperties":
      return `must not have the property ${JSON.stringify(given["additionalProperty"])}`;
    case "enum":
      return `must be one of ${listOf(given["allowedValues"])}`;
    case "const":
      return `must be ${JSON.stringify(given["allowedValue"])}`;
    case "format":
      return (given["format"] === "unixpath" ? unixPathProblem(String(data)) : message) ?? "has another format";
    case "referenceType":
      return "must be a reference of the right kind";
    case "discriminator":
      return `must have a known ${JSON.stringify(given["tag"])}`;
    default:
      return message ?? `does not satisfy ${keyword}`;
  }
}

function listOf(values: Json | undefined): string {
  return Array.isArray(values) ? values.map((value) => JSON.stringify(value)).join(", ") : "the allowed values";
}

/** Element numbers and names look alike in a pointer; digits are taken for numbers. */
function parsePointer(pointer: string): JsonPath {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((step) => (/^(?:0|[1-9]\d*)$/.test(step) ? Number(step) : step));
}
