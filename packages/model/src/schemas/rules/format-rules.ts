import { isJsonObject, type Json, type JsonObject } from "../../json/json.ts";
import type { JsonPath } from "../../json/json-path.ts";
import { nearest } from "../../problems/nearest.ts";
import { REFERENCE_FORMS, SCHEMA_FORMATS } from "../formats.ts";
import { isPlatformRef } from "../platform-definitions.ts";
import { resolveRef } from "../resolve-ref.ts";
import type { SchemaPosition } from "../visit-schemas.ts";
import type { SchemaFindings } from "./findings.ts";

const OWN_FORMATS: ReadonlySet<string> = new Set(["password", "unixpath", "reference"]);

/** `format`, with what belongs to references, of one schema inside a definition. `at` is its path in the file. */
export function checkFormat({ schema, containers }: SchemaPosition, at: JsonPath, findings: SchemaFindings): void {
  const { format, referenceType, matches } = schema;
  if (typeof format === "string") {
    checkKnownFormat(format, at, findings);
    if (OWN_FORMATS.has(format) && schema["type"] !== "string") {
      findings.problem([...at, "format"], `${JSON.stringify(format)} needs "type": "string"`);
    }
    if (format === "password" && schema["default"] !== undefined) {
      findings.warning([...at, "default"], "is a secret that everyone who has the plugin can read", "Remove it.");
    }
  }
  if (format === "reference") {
    if (typeof referenceType !== "string" || !Object.hasOwn(REFERENCE_FORMS, referenceType)) {
      findings.problem(at, `needs a referenceType: one of ${Object.keys(REFERENCE_FORMS).join(", ")}`);
    }
    if (matches !== undefined) checkMatches(matches, { at, siblings: propertiesOf(containers.at(-1)) }, findings);
  } else if (referenceType !== undefined) {
    findings.problem([...at, "referenceType"], 'is allowed only with "format": "reference"');
  }
}

function checkKnownFormat(format: string, at: JsonPath, findings: SchemaFindings): void {
  if (Object.hasOwn(SCHEMA_FORMATS, format)) return;
  const meant = nearest(format, Object.keys(SCHEMA_FORMATS));
  const action = meant === undefined ? undefined : `Did you mean ${JSON.stringify(meant)}?`;
  findings.warning([...at, "format"], `${JSON.stringify(format)} is unknown, and thus not checked`, action);
}

/** `matches` names the property beside it with the environment that the referenced user belongs to. */
function checkMatches(matches: Json, { at, siblings }: { at: JsonPath; siblings: JsonObject }, findings: SchemaFindings): void {
  const other = typeof matches === "string" && Object.hasOwn(siblings, matches) ? siblings[matches] : undefined;
  if (isJsonObject(other) && other["referenceType"] === "UNIX_HOST_ENVIRONMENT") return;
  findings.problem([...at, "matches"], "must name a property beside it that refers to a UNIX_HOST_ENVIRONMENT");
}

function propertiesOf(schema: JsonObject | undefined): JsonObject {
  const properties = schema?.["properties"];
  return isJsonObject(properties) ? properties : {};
}

/** `$ref` leads to a place in the same definition, or to the platform's credentials suppliers; nothing is fetched from anywhere. */
export function checkRef({ schema }: SchemaPosition, at: { path: JsonPath; root: JsonObject }, findings: SchemaFindings): void {
  const ref = schema["$ref"];
  if (typeof ref === "string" && !isPlatformRef(ref) && resolveRef(at.root, ref) === undefined) {
    findings.problem(
      [...at.path, "$ref"],
      `${JSON.stringify(ref)} leads nowhere`,
      "Refer to #/definitions/… within the same definition, or to a credentials supplier of https://delphix.com/platform/api.",
    );
  }
}
