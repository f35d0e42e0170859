import Type, { type TObject, type TString } from "typebox";
import { NameOrId } from "./texts.ts";

/** Path parameters that each take a name or a reference. */
export function pathParams<const N extends readonly string[]>(...names: N): TObject<Record<N[number], TString>> {
  const properties = Object.fromEntries(names.map((name) => [name, NameOrId])) as Record<N[number], TString>;
  return Type.Object<Record<N[number], TString>>(properties, { additionalProperties: false });
}
