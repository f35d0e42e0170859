import Type from "typebox";

/** One of the given texts. */
export function oneOf<const T extends readonly [string, ...string[]]>(values: T, description = "") {
  return Type.Unsafe<T[number]>({ type: "string", enum: [...values], ...(description === "" ? {} : { description }) });
}
