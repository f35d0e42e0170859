import type { JsonObject } from "../../json/json.ts";
import { resolveRef, type RootedSchema } from "../resolve-ref.ts";
import { schemaPositions } from "../visit-schemas.ts";

/** Whether any value of a property of a definition may be a secret, or have one inside: references and branches are followed. */
export function holdsSecret(definition: JsonObject, property: string): boolean {
  const seen = new Set<JsonObject>();
  const waiting: RootedSchema[] = schemasOf(definition, property).map((schema) => ({ root: definition, schema }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next.schema)) continue;
    seen.add(next.schema);
    for (const { schema } of schemaPositions(next.schema)) {
      if (schema["format"] === "password") return true;
      const target = typeof schema["$ref"] === "string" ? resolveRef(next.root, schema["$ref"]) : undefined;
      if (target !== undefined) waiting.push(target);
    }
  }
  return false;
}

/** What a definition and its branches say about a property of the object itself. */
function schemasOf(definition: JsonObject, property: string): readonly JsonObject[] {
  return schemaPositions(definition).flatMap(({ schema, path, containers }) => {
    const [keyword, name] = path.slice(-2);
    const isOwn = containers.length === 1 && path[0] !== "definitions";
    return isOwn && keyword === "properties" && name === property ? [schema] : [];
  });
}
