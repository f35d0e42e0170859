import { isBuildNumber } from "../versions/build-number.ts";
import { PLUGIN_TYPES } from "../operations/operation-table.ts";
import { HOST_TYPES, PLUGIN_LANGUAGES } from "./plugin-config.ts";

/** What is wrong with a field's value; `undefined` = nothing. */
export type FieldProblem = { readonly message: string; readonly action?: string } | undefined;

export interface FieldRule {
  readonly isRequired: boolean;
  /** `source` is the value as it stands in a YAML file, for hints. */
  check(value: unknown, source?: string): FieldProblem;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ENTRY_POINT = /^[A-Za-z_][\w-]*(?:[./][A-Za-z_][\w-]*)*:[A-Za-z_$][\w$]*$/;

/** The fields of plugin_config.yml with their rules, in the order of the documentation. */
export const CONFIG_FIELDS = {
  id: { isRequired: true, check: matching(UUID, "must be a UUID", "Make one once, and keep it over all versions of the plugin.") },
  name: { isRequired: false, check: text },
  externalVersion: { isRequired: false, check: text },
  buildNumber: { isRequired: true, check: buildNumber },
  hostTypes: { isRequired: false, check: hostTypes },
  schemaFile: { isRequired: true, check: path },
  srcDir: { isRequired: true, check: path },
  entryPoint: {
    isRequired: true,
    check: matching(ENTRY_POINT, "must have the form module:object", "Name a module in srcDir and the plugin object that it exports."),
  },
  manualDiscovery: { isRequired: false, check: flag },
  pluginType: { isRequired: true, check: oneOf(PLUGIN_TYPES) },
  language: { isRequired: true, check: oneOf(PLUGIN_LANGUAGES) },
  defaultLocale: { isRequired: false, check: text },
  rootSquashEnabled: { isRequired: false, check: flag },
  extendedStartStopHooks: { isRequired: false, check: flag },
  luaName: {
    isRequired: false,
    check: matching(/^[a-z0-9_:-]+$/, "must consist of lower-case letters, digits, and _ : -", "Use the name in the toolkit's main.json."),
  },
  minimumLuaVersion: {
    isRequired: false,
    check: matching(/^\d+\.\d+$/, "must have the form major.minor", 'Write it in quotes, such as "1.0".'),
  },
} as const satisfies Record<string, FieldRule>;

export type ConfigField = keyof typeof CONFIG_FIELDS;

export function isConfigField(name: string): name is ConfigField {
  return Object.hasOwn(CONFIG_FIELDS, name);
}

function text(value: unknown, source?: string): FieldProblem {
  if (typeof value !== "string") return notText(value, source);
  return value.trim() === "" ? { message: "must not be empty" } : undefined;
}

/** YAML reads an unquoted `1` or `1.2` as a number, and `1.10` as 1.1: the author's digits are lost unless quoted. */
function notText(value: unknown, source?: string): FieldProblem {
  if (source !== undefined && (typeof value === "number" || typeof value === "boolean")) {
    return { message: `must be a string, but YAML reads ${source} as a ${typeof value}`, action: `Quote it: ${JSON.stringify(source)}.` };
  }
  return { message: "must be a string" };
}

function buildNumber(value: unknown, source?: string): FieldProblem {
  if (typeof value !== "string") return notText(value, source);
  if (isBuildNumber(value)) return undefined;
  return {
    message: "must be non-negative integers joined by dots, not all of them zero",
    action: 'Write it in quotes, such as "1.0.2".',
  };
}

function path(value: unknown, source?: string): FieldProblem {
  const problem = text(value, source);
  if (problem !== undefined) return problem;
  return typeof value === "string" && value.includes("\0") ? { message: "must be a path" } : undefined;
}

function flag(value: unknown): FieldProblem {
  return typeof value === "boolean" ? undefined : { message: "must be true or false, without quotes" };
}

function hostTypes(value: unknown): FieldProblem {
  const isValid = Array.isArray(value) && value.length === 1 && (HOST_TYPES as readonly unknown[]).includes(value[0]);
  return isValid ? undefined : { message: `must be a list of exactly one of ${HOST_TYPES.join(", ")}` };
}

function oneOf(allowed: readonly string[]): FieldRule["check"] {
  return (value) => {
    if (typeof value === "string" && allowed.includes(value)) return undefined;
    return { message: `must be one of ${allowed.join(", ")}` };
  };
}

function matching(form: RegExp, message: string, action: string): FieldRule["check"] {
  return (value, source) => {
    if (typeof value !== "string") return notText(value, source);
    return form.test(value) ? undefined : { message, action };
  };
}
