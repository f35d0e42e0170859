import { isJsonObject, type Json, type JsonObject } from "../json/json.ts";
import type { JsonPath } from "../json/json-path.ts";
import { inspectSchemas, type InspectedSchemas } from "../schemas/check-schemas.ts";
import type { DefinitionName, ObjectNaming } from "../schemas/definition-names.ts";
import type { SchemaSource } from "../schemas/rules/findings.ts";

/** What toolkits have no schema for. */
const EMPTY: JsonObject = { type: "object", additionalProperties: false, properties: {} };

/** Toolkits take no parameters of a sync: the engine says only whether the staging copy is to be built anew. */
const SNAPSHOT_PARAMETERS: JsonObject = { type: "object", properties: { resync: { type: "boolean" } } };

/** Stands in for a schema that is missing, which is reported elsewhere. */
const ABSENT: JsonObject = { type: "object", properties: { name: { type: "string" } }, identityFields: ["name"], nameField: "name" };

const UNNAMED: ObjectNaming = { identityFields: [], nameField: "" };

const PLACES: Readonly<Record<DefinitionName, JsonPath>> = {
  repositoryDefinition: ["discoveryDefinition", "repositorySchema"],
  sourceConfigDefinition: ["discoveryDefinition", "sourceConfigSchema"],
  linkedSourceDefinition: ["linkedSourceDefinition", "parameters"],
  virtualSourceDefinition: ["virtualSourceDefinition", "parameters"],
  snapshotDefinition: ["snapshotSchema"],
  snapshotParametersDefinition: [],
};

/** The six schemas of a toolkit in its current form, by the rules of plugins' schemas; problems name their places in main.json. */
export function inspectToolkitSchemas(toolkit: JsonObject, source: SchemaSource): InspectedSchemas {
  const discovery = toolkit["discoveryDefinition"];
  const inspected = inspectSchemas(
    {
      repositoryDefinition: named(discovery, "repository"),
      sourceConfigDefinition: named(discovery, "sourceConfig"),
      linkedSourceDefinition: parametersOf(toolkit["linkedSourceDefinition"]),
      virtualSourceDefinition: parametersOf(toolkit["virtualSourceDefinition"]),
      snapshotDefinition: isJsonObject(toolkit["snapshotSchema"]) ? toolkit["snapshotSchema"] : EMPTY,
      snapshotParametersDefinition: SNAPSHOT_PARAMETERS,
    },
    { ...source, placeOf: (path) => source.placeOf?.(placeInToolkit(path)) ?? { path: placeInToolkit(path) } },
  );
  if (isJsonObject(discovery)) return inspected;
  const schemas = { ...inspected.schemas, repositoryDefinition: EMPTY, sourceConfigDefinition: EMPTY };
  return { ...inspected, schemas, repository: UNNAMED, sourceConfig: UNNAMED };
}

/** A schema of the discovery definition with the naming keywords that a plugin's schema has inside. */
function named(discovery: Json | undefined, kind: "repository" | "sourceConfig"): JsonObject {
  if (!isJsonObject(discovery)) return ABSENT;
  const [schema, identityFields, nameField] = [
    discovery[`${kind}Schema`],
    discovery[`${kind}IdentityFields`],
    discovery[`${kind}NameField`],
  ];
  const isWhole = isJsonObject(schema) && identityFields !== undefined && nameField !== undefined;
  return isWhole ? { ...schema, identityFields, nameField } : ABSENT;
}

function parametersOf(definition: Json | undefined): JsonObject {
  const parameters = isJsonObject(definition) ? definition["parameters"] : undefined;
  return isJsonObject(parameters) ? parameters : EMPTY;
}

function placeInToolkit(path: JsonPath): JsonPath {
  const [definition, keyword, ...rest] = path;
  const place = PLACES[definition as DefinitionName];
  if (place.length < 2 || (keyword !== "identityFields" && keyword !== "nameField")) return [...place, ...path.slice(1)];
  const kind = definition === "repositoryDefinition" ? "repository" : "sourceConfig";
  return ["discoveryDefinition", keyword === "nameField" ? `${kind}NameField` : `${kind}IdentityFields`, ...rest];
}
