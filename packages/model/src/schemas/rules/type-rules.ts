import { isJsonObject, type JsonObject } from "../../json/json.ts";
import type { JsonPath } from "../../json/json-path.ts";
import type { DefinitionName } from "../definition-names.ts";
import { isRecordSize, LARGEST_RECORD_SIZE_KB } from "../record-size.ts";
import type { SchemaPosition } from "../visit-schemas.ts";
import type { SchemaFindings } from "./findings.ts";

const COMBINATIONS = ["anyOf", "allOf", "oneOf", "not"] as const;

/** A property without one schema type is validated all the same, but generated classes cannot say what it is. */
export function checkType({ schema, isProperty }: SchemaPosition, at: JsonPath, findings: SchemaFindings): void {
  if (schema["$id"] !== undefined && at.length > 1) {
    findings.problem([...at, "$id"], "would move what references mean", "Remove it.");
  }
  const patterns = isJsonObject(schema["patternProperties"]) ? Object.keys(schema["patternProperties"]) : [];
  for (const pattern of [schema["pattern"], ...patterns]) {
    if (typeof pattern === "string" && !isRegularExpression(pattern)) {
      findings.problem(at, `has the pattern ${JSON.stringify(pattern)}, which is no regular expression`);
    }
  }
  if (!isProperty || schema["$ref"] !== undefined) return;
  const reason = untypedReason(schema);
  if (reason !== undefined) findings.warning(at, `${reason}, so that it stays untyped in generated classes`, "Give it one type.");
}

function isRegularExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}

function untypedReason(schema: JsonObject): string | undefined {
  const combination = COMBINATIONS.find((keyword) => schema[keyword] !== undefined);
  if (combination !== undefined) return `uses ${combination}`;
  if (schema["type"] === undefined) return "has no type";
  return Array.isArray(schema["type"]) ? "has several types" : undefined;
}

/** Properties that the engine itself reads: the record size of a dataset, and resync of a sync. */
export function checkSpecialProperties(name: DefinitionName, definition: JsonObject, findings: SchemaFindings): void {
  const properties = definition["properties"];
  if (!isJsonObject(properties)) return;
  const { recordSizeInKB, resync } = properties;
  if (name === "snapshotParametersDefinition" && isJsonObject(resync) && resync["type"] !== "boolean") {
    findings.problem([name, "properties", "resync"], "must be a boolean: the engine sets it");
  }
  if ((name === "linkedSourceDefinition" || name === "virtualSourceDefinition") && isJsonObject(recordSizeInKB)) {
    checkRecordSize(recordSizeInKB, [name, "properties", "recordSizeInKB"], findings);
  }
}

function checkRecordSize(property: JsonObject, at: JsonPath, findings: SchemaFindings): void {
  if (property["type"] !== "integer") findings.problem(at, "must be an integer");
  const offered = Array.isArray(property["enum"]) ? (property["enum"] as readonly unknown[]) : [];
  for (const value of [property["default"], property["const"], ...offered]) {
    if (value === undefined || isRecordSize(value)) continue;
    findings.problem(at, `offers a size that is no power of two from 1 to ${String(LARGEST_RECORD_SIZE_KB)}`);
    return;
  }
}
