import { isJsonObject, type Json, type JsonObject } from "@opendvp/model";

/** `Type.member` for everything that an object of a recorded type lacks, those inside of others included. */
export function missingMembers(answers: readonly Json[], recorded: Readonly<Record<string, JsonObject>>): readonly string[] {
  const missing = answers.flatMap((answer) => typedObjects(answer)).flatMap((object) => missingIn(object, recorded));
  return [...new Set(missing)].sort();
}

function missingIn(object: JsonObject, recorded: Readonly<Record<string, JsonObject>>): readonly string[] {
  const type = typeOf(object);
  return Object.keys(recorded[type] ?? {}).flatMap((member) => (member in object ? [] : `${type}.${member}`));
}

function typedObjects(value: Json | undefined): readonly JsonObject[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item) => typedObjects(item));
  if (!isJsonObject(value)) return [];
  const inner = Object.values(value).flatMap((member) => typedObjects(member));
  // `object` and `string` are types of schemas.
  return /^[A-Z]/.test(typeOf(value)) ? [value, ...inner] : inner;
}

function typeOf({ type }: JsonObject): string {
  return typeof type === "string" ? type : "";
}
