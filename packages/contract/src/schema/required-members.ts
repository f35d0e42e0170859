import type { TObject } from "typebox";

/** The members that an object must have; a schema without any leaves the list out, whatever its type says. */
export function requiredMembers(schema: TObject): readonly string[] {
  return (schema as { readonly required?: readonly string[] }).required ?? [];
}
