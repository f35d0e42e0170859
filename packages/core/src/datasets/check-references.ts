import {
  EngineError,
  findReferences,
  formatJsonPath,
  isJsonObject,
  type DefinitionName,
  type FoundReference,
  type Json,
  type JsonObject,
  type JsonPath,
  type Reference,
} from "@opendvp/model";
import type { Plugin } from "../entities/plugin.ts";
import type { CatalogReads } from "../ports/catalog.ts";

/**
 * Every object that a value, which fits its schema, names by `format: reference` must exist, and a user must be one of the
 * environment that the property in `matches` names, if it names one.
 * @throws EngineError `PARAMETERS_INVALID`
 */
export async function checkReferences(
  objects: CatalogReads,
  at: { readonly plugin: Plugin; readonly definition: DefinitionName },
  value: JsonObject,
): Promise<void> {
  for (const found of findReferences(at.plugin.schemas[at.definition], value)) {
    const problem = await problemOf(objects, found, value);
    if (problem === undefined) continue;
    throw new EngineError("PARAMETERS_INVALID", `The parameter ${formatJsonPath(found.path)} names ${found.reference}, which ${problem}.`, {
      action: "Give the reference of an object that exists.",
      details: { path: [...found.path] },
    });
  }
}

async function problemOf(objects: CatalogReads, found: FoundReference, value: JsonObject): Promise<string | undefined> {
  const { referenceType, reference, matches, path } = found;
  if (referenceType === "UNIX_HOST_ENVIRONMENT") {
    const environment = await objects.environments.find(reference as Reference<"UNIX_HOST_ENVIRONMENT">);
    return environment === undefined ? "does not exist" : undefined;
  }
  const user = referenceType === "HOST_USER" ? await objects.environmentUsers.find(reference as Reference<"HOST_USER">) : undefined;
  if (user === undefined) return "does not exist";
  const beside = partAt(value, path.slice(0, -1));
  const environment = matches === undefined || !isJsonObject(beside) ? undefined : beside[matches];
  return environment === undefined || environment === user.environment ? undefined : `is no user of the environment in ${matches ?? ""}`;
}

function partAt(value: Json, path: JsonPath): Json | undefined {
  return path.reduce<Json | undefined>((part, step) => {
    if (Array.isArray(part)) return (part as readonly Json[])[Number(step)];
    return isJsonObject(part) ? part[step] : undefined;
  }, value);
}
