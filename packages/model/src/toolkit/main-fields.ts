import { isJsonObject, type Json, type JsonObject } from "../json/json.ts";
import { HOST_TYPES } from "../plugin-config/plugin-config.ts";
import { nearest } from "../problems/nearest.ts";
import type { SchemaFindings } from "../schemas/rules/findings.ts";
import { parseToolkitVersion } from "./toolkit-version.ts";

export interface MainField {
  readonly isRequired: boolean;
  /** Reports what is wrong with a value that is there. */
  readonly check: (value: Json, report: Report) => void;
}

interface Report {
  problem(message: string, action?: string): void;
  warning(message: string, action?: string): void;
}

const LONGEST_NAME = 256;
const BUILTIN = "builtin:";

/** The fields of main.json with their rules, in the order of the documentation. */
export const MAIN_FIELDS: Readonly<Record<string, MainField>> = {
  type: { isRequired: true, check: exactly("Toolkit") },
  name: { isRequired: true, check: name },
  prettyName: { isRequired: true, check: text },
  version: { isRequired: true, check: version },
  hostTypes: { isRequired: true, check: hostTypes },
  defaultLocale: { isRequired: true, check: text },
  discoveryDefinition: { isRequired: false, check: object },
  linkedSourceDefinition: { isRequired: true, check: object },
  virtualSourceDefinition: { isRequired: true, check: object },
  snapshotSchema: { isRequired: true, check: object },
  messages: { isRequired: false, check: () => undefined },
  rootSquashEnabled: { isRequired: false, check: flag },
  language: { isRequired: false, check: exactly("LUA") },
  resources: { isRequired: false, check: object },
  buildApi: { isRequired: false, check: () => undefined },
  upgradeDefinition: { isRequired: false, check: object },
};

/** Members that engines put into what they answer, and tools into what they build: they mean nothing here. */
const IGNORED: ReadonlySet<string> = new Set(["engineApi", "displayName", "identifier", "status", "reference", "namespace"]);

/** Checks the fields of a toolkit by their rules. A field that is null is one that is absent. */
export function checkMainFields(toolkit: JsonObject, findings: SchemaFindings): void {
  for (const [field, { isRequired, check }] of Object.entries(MAIN_FIELDS)) {
    const value = toolkit[field];
    if (value === undefined || value === null) {
      if (isRequired) findings.problem([field], "is missing");
      continue;
    }
    check(value, {
      problem: (message, action) => findings.problem([field], message, action),
      warning: (message, action) => findings.warning([field], message, action),
    });
  }
  for (const field of Object.keys(toolkit)) {
    if (Object.hasOwn(MAIN_FIELDS, field) || IGNORED.has(field)) continue;
    const meant = nearest(field, Object.keys(MAIN_FIELDS));
    findings.warning([field], "is no field of a toolkit, and thus ignored", meant === undefined ? undefined : `Did you mean ${meant}?`);
  }
}

function exactly(wanted: string): MainField["check"] {
  return (value, report) => {
    if (value !== wanted) report.problem(`must be ${JSON.stringify(wanted)}`);
  };
}

function text(value: Json, report: Report): void {
  if (typeof value !== "string") report.problem("must be a string");
  else if (value.trim() === "") report.problem("must not be empty");
}

function name(value: Json, report: Report): void {
  if (typeof value !== "string") report.problem("must be a string");
  else if (value.startsWith(BUILTIN)) report.problem(`must not begin with ${JSON.stringify(BUILTIN)}: such names are the engine's own`);
  else if (value.length > LONGEST_NAME) report.problem(`must have at most ${String(LONGEST_NAME)} characters`);
  else if (!/^[a-z0-9_:-]+$/.test(value)) {
    report.problem("must consist of lower-case letters and dashes", "Write prettyName as people are to see it.");
  } else if (!/^[a-z-]+$/.test(value)) {
    report.warning("has digits, underscores or colons", "Names consist of lower-case letters and dashes.");
  }
}

function version(value: Json, report: Report): void {
  if (typeof value === "string" && parseToolkitVersion(value) !== undefined) return;
  report.problem(
    "must have the form <major>.<minor>.<patch>",
    'Write two whole numbers, and a patch of letters, digits, hyphens and underscores, such as "1.0.0" or "1.0.HOTFIX-123".',
  );
}

function hostTypes(value: Json, report: Report): void {
  const types = Array.isArray(value) ? (value as readonly Json[]) : [];
  const isKnown = types.every((type) => typeof type === "string" && (HOST_TYPES as readonly string[]).includes(type));
  if (types.length === 0 || !isKnown) report.problem(`must be a list of one or both of ${HOST_TYPES.join(", ")}`);
  else if (new Set(types).size < types.length) report.problem("names a type of host twice");
}

function flag(value: Json, report: Report): void {
  if (typeof value !== "boolean") report.problem("must be true or false, without quotes");
}

function object(value: Json, report: Report): void {
  if (!isJsonObject(value)) report.problem("must be an object");
}
