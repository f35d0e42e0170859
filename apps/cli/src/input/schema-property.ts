import { EngineError, isJsonObject, type Json, type JsonObject } from "@opendvp/model";

/** The schema of a property; a dot in the name leads into an object. @throws EngineError `INPUT_INVALID` naming what there is */
export function propertyAt(schema: JsonObject, name: string): JsonObject {
  return name.split(".").reduce((inside: JsonObject, part) => {
    const properties = isJsonObject(inside["properties"]) ? inside["properties"] : {};
    const property = properties[part];
    if (isJsonObject(property)) return property;
    const known = Object.keys(properties);
    throw new EngineError("INPUT_INVALID", `The plugin has no parameter ${JSON.stringify(name)}.`, {
      action: known.length > 0 ? `It has ${known.join(", ")}.` : "It has none.",
      details: { known },
    });
  }, schema);
}

/** The object with a value at a path; the object itself is not changed. */
export function setAt(object: JsonObject, path: readonly string[], value: Json): JsonObject {
  const [name, ...rest] = path;
  if (name === undefined) return object;
  const inside = object[name];
  return { ...object, [name]: rest.length === 0 ? value : setAt(isJsonObject(inside) ? inside : {}, rest, value) };
}
