import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonSyntaxError, readPositionedJson } from "../../src/json/positioned-json.ts";

describe("JSON with positions", () => {
  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, "\t"), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), undefined, indent);
        expect(readPositionedJson(spaced).value).toEqual(JSON.parse(spaced));
      }),
    );
  });

  it("accepts and refuses the same texts as JSON.parse", () => {
    const fragment = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"',
      "\\u0041",
      "1",
      "-",
      "01",
      "1.",
      ".5e1",
      "true",
      "nul",
      " ",
      "\n",
      "'",
      "\u0001",
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 8 }), (fragments) => {
        const text = fragments.join("");
        expect(outcome(() => readPositionedJson(text).value)).toEqual(outcome(() => JSON.parse(text) as unknown));
      }),
      { numRuns: 3000 },
    );
  });

  it("knows the line of each member and element", () => {
    const { lineOf } = readPositionedJson('{\n  "a": {\n    "b": [1,\n      2]\n  }\n}');
    expect([lineOf([]), lineOf(["a"]), lineOf(["a", "b"]), lineOf(["a", "b", 1])]).toEqual([1, 2, 3, 4]);
    expect(lineOf(["a", "missing", "deeper"])).toBe(2);
  });

  it("reports members that occur twice, and keeps the last one", () => {
    const { value, duplicates } = readPositionedJson('{"a": 1,\n"b": {"c": 1,\n"c": 2}}');
    expect(value).toEqual({ a: 1, b: { c: 2 } });
    expect(duplicates).toEqual([{ path: ["b", "c"], line: 2 + 1 }]);
  });

  it("names the line where a text stops being JSON", () => {
    expect(() => readPositionedJson('{\n"a": 1\n"b": 2}')).toThrow(expect.objectContaining({ line: 3 }) as Error);
  });

  it("refuses nesting that would exhaust the stack", () => {
    expect(() => readPositionedJson("[".repeat(100_000))).toThrow(JsonSyntaxError);
  });

  it("takes __proto__ for a name like any other", () => {
    const { value } = readPositionedJson('{"__proto__": {"polluted": true}}');
    expect(Object.keys(value as object)).toEqual(["__proto__"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

function outcome(read: () => unknown): unknown {
  try {
    return { value: read() };
  } catch {
    return "refused";
  }
}
