import type { JsonObject, Kind, Reference } from "@opendvp/model";
import fc, { type Arbitrary } from "fast-check";

/** Well-formed text of all planes, with more of what databases choke on than chance would bring. */
export const anyText: Arbitrary<string> = fc.string({
  unit: fc.oneof(
    { arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 1 }), weight: 9 },
    fc.constantFrom("\0", "\uFDD0", "0", "1"),
  ),
  maxLength: 40,
});

export const anyMoment: Arbitrary<string> = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());

/** A finite number as JSON carries it. */
export const anyNumber: Arbitrary<number> = fc
  .oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((value) => (value === 0 ? 0 : value));

export const anyJsonObject: Arbitrary<JsonObject> = fc
  .dictionary(fc.string({ maxLength: 10 }), fc.jsonValue({ maxDepth: 2 }))
  .map((value) => JSON.parse(JSON.stringify(value)) as JsonObject);

export const anyTexts: Arbitrary<readonly string[]> = fc.array(anyText, { maxLength: 4 });

export function orNull<T>(arbitrary: Arbitrary<T>): Arbitrary<T | null> {
  return fc.option(arbitrary, { nil: null });
}

/** A reference that no example object has. */
export function newReference<K extends Kind>(kind: K): Arbitrary<Reference<K>> {
  return fc.integer({ min: 1000, max: 999_999_999 }).map((serial): Reference<K> => `${kind}-${serial}`);
}
