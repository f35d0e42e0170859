import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSameJson, type Json } from "../../src/index.ts";

const json = fc.jsonValue() as fc.Arbitrary<Json>;

describe("isSameJson", () => {
  it("finds a value equal to its copy", () => {
    fc.assert(fc.property(json, (value) => isSameJson(value, JSON.parse(JSON.stringify(value)) as Json)));
  });

  it("tells apart what is written differently, but for the order of members", () => {
    fc.assert(fc.property(json, json, (one, other) => isSameJson(one, other) === (sorted(one) === sorted(other))));
  });

  it("takes an undefined member for an absent one", () => {
    expect(isSameJson({ a: 1, b: undefined }, { a: 1 })).toBe(true);
  });

  it("does not take a list for an object", () => {
    expect(isSameJson([], {})).toBe(false);
  });
});

function sorted(value: Json): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
