import { isJsonObject, type Json, type JsonObject } from "../../json/json.ts";
import type { JsonPath } from "../../json/json-path.ts";
import type { SchemaFindings } from "../../schemas/rules/findings.ts";
import { environmentVariables } from "../parameters/to-schema.ts";
import { countsAsScript } from "./counts-as-script.ts";
import { statusLua } from "./status-lua.ts";
import type { TranslationStep } from "./translation-step.ts";

/** preSync and postSync get the names that they have ever since, statusScript becomes the Lua `status`, environmentVariable goes. */
export const stepTo1_6: TranslationStep = {
  from: "1.5",
  to: "1.6",
  translate: (toolkit, findings) => ({
    ...toolkit,
    ...translated(toolkit, "linkedSourceDefinition", (linked) => {
      const named = renamed(renamed(linked, ["preSync", "preSnapshot"]), ["postSync", "postSnapshot"]);
      return withoutVariables(named, ["linkedSourceDefinition"], findings);
    }),
    ...translated(toolkit, "virtualSourceDefinition", (virtual) => {
      const withStatus = statusInLua(virtual, { hostTypes: toolkit["hostTypes"] }, findings);
      return withoutVariables(withStatus, ["virtualSourceDefinition"], findings);
    }),
  }),
};

function translated(toolkit: JsonObject, member: string, translate: (definition: JsonObject) => JsonObject): JsonObject {
  const definition = toolkit[member];
  return isJsonObject(definition) ? { [member]: translate(definition) } : {};
}

/** What has the name of before counts where nothing with the new one does. */
function renamed(definition: JsonObject, [former, name]: readonly [string, string]): JsonObject {
  const { [former]: script, ...rest } = definition;
  return script === undefined || script === null || countsAsScript(rest[name]) ? definition : { ...rest, [name]: script };
}

/** The status script was run in a shell and told by its exit code. A Lua `status` that is there counts instead. */
function statusInLua(virtual: JsonObject, { hostTypes }: { readonly hostTypes: Json | undefined }, findings: SchemaFindings): JsonObject {
  const { statusScript, ...rest } = virtual;
  if (statusScript === undefined || statusScript === null) return virtual;
  if (typeof statusScript !== "string") {
    findings.problem(["virtualSourceDefinition", "statusScript"], "must be the text of a script");
    return rest;
  }
  if (countsAsScript(rest["status"])) return rest;
  if (statusScript.trim() === "") return rest;
  const isForWindows = Array.isArray(hostTypes) && (hostTypes as readonly Json[]).every((type) => type === "WINDOWS");
  const script = isForWindows ? { powerShell: statusScript } : { bash: statusScript };
  return { ...rest, status: statusLua({ ...script, variables: environmentVariables(virtual["parameters"]) }) };
}

function withoutVariables(definition: JsonObject, at: JsonPath, findings: SchemaFindings): JsonObject {
  const { parameters } = definition;
  if (!Array.isArray(parameters)) return definition;
  const names = environmentVariables(parameters).map(({ variable }) => variable);
  if (names.length > 0) {
    findings.warning(
      [...at, "parameters"],
      `gives scripts the environment variables ${names.join(", ")}, which they no longer get: they read parameters`,
    );
  }
  return { ...definition, parameters: (parameters as readonly Json[]).map(withoutVariable) };
}

function withoutVariable(parameter: Json): Json {
  if (!isJsonObject(parameter)) return parameter;
  const { environmentVariable: _environmentVariable, ...rest } = parameter;
  return rest;
}
