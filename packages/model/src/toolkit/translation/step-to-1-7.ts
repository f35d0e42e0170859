import { isJsonObject, type Json, type JsonObject } from "../../json/json.ts";
import type { SchemaFindings } from "../../schemas/rules/findings.ts";
import { toSchema } from "../parameters/to-schema.ts";
import { configureLua } from "./configure-lua.ts";
import { countsAsScript } from "./counts-as-script.ts";
import type { TranslationStep } from "./translation-step.ts";

/** A toolkit that says no version is the first one. */
const FIRST_VERSION = "1.0.0";
const USUAL_LOCALE = "en-us";

/** Lists of parameters become JSON Schemas, provision becomes configure and reconfigure, and what 1.7 asks for is filled in. */
export const stepTo1_7: TranslationStep = {
  from: "1.6",
  to: "1.7",
  translate: (toolkit, findings) => ({
    ...toolkit,
    ...filledIn(toolkit, findings),
    ...discovery(toolkit["discoveryDefinition"], findings),
    ...linked(toolkit["linkedSourceDefinition"], findings),
    ...virtual(toolkit["virtualSourceDefinition"], findings),
  }),
};

function filledIn(toolkit: JsonObject, findings: SchemaFindings): JsonObject {
  for (const [field, value] of [
    ["version", FIRST_VERSION],
    ["defaultLocale", USUAL_LOCALE],
  ] as const) {
    if (toolkit[field] === undefined) findings.warning([field], `did not exist in toolkits of that time; ${value} is assumed`);
  }
  return {
    version: toolkit["version"] ?? FIRST_VERSION,
    defaultLocale: toolkit["defaultLocale"] ?? USUAL_LOCALE,
    messages: toolkit["messages"] ?? [],
    // Whatever such a toolkit keeps with a snapshot fits: nothing was said of it.
    snapshotSchema: toSchema(toolkit["snapshotSchema"], ["snapshotSchema"], findings) ?? { type: "object", properties: {} },
  };
}

function discovery(definition: Json | undefined, findings: SchemaFindings): JsonObject {
  if (!isJsonObject(definition)) return {};
  const schemas = ["repositorySchema", "sourceConfigSchema"].flatMap((member) => {
    const value = toSchema(definition[member], ["discoveryDefinition", member], findings);
    return value === undefined ? [] : [[member, value] as const];
  });
  return { discoveryDefinition: { ...definition, ...Object.fromEntries(schemas) } };
}

function linked(definition: Json | undefined, findings: SchemaFindings): JsonObject {
  if (!isJsonObject(definition)) return {};
  const parameters = toSchema(definition["parameters"], ["linkedSourceDefinition", "parameters"], findings);
  return { linkedSourceDefinition: { ...definition, ...(parameters === undefined ? {} : { parameters }) } };
}

function virtual(definition: Json | undefined, findings: SchemaFindings): JsonObject {
  if (!isJsonObject(definition)) return {};
  const at = ["virtualSourceDefinition"];
  const parameters = toSchema(definition["parameters"], [...at, "parameters"], findings);
  const { provision, ...rest } = { ...definition, ...(parameters === undefined ? {} : { parameters }) } as JsonObject;
  if (provision === undefined || provision === null) return { virtualSourceDefinition: rest };
  if (typeof provision !== "string") findings.problem([...at, "provision"], "must be the text of a script");
  else findings.warning([...at, "provision"], "is run as configure and as reconfigure, which it was divided into");
  const script = typeof provision === "string" ? configureLua(provision) : "";
  return {
    virtualSourceDefinition: {
      ...rest,
      configure: countsAsScript(rest["configure"]) ? rest["configure"] : script,
      unconfigure: rest["unconfigure"] ?? "",
      reconfigure: countsAsScript(rest["reconfigure"]) ? rest["reconfigure"] : script,
    },
  };
}
