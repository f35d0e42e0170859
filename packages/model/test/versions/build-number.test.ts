import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareBuildNumbers, isBuildNumber, normaliseBuildNumber } from "../../src/index.ts";

const parts = fc.array(fc.nat(), { minLength: 1, maxLength: 6 }).filter((numbers) => numbers.some((number) => number > 0));
const spelled = parts.map((numbers) => numbers.join("."));

describe("build numbers", () => {
  it("keep their canonical form", () => {
    fc.assert(
      fc.property(spelled, (text) => {
        const normalised = normaliseBuildNumber(text);
        expect(normaliseBuildNumber(normalised)).toBe(normalised);
        expect(normalised).not.toMatch(/(?:^|\.)0\d|(?:^|\.)0$/);
      }),
    );
  });

  it("ignore leading zeros of parts and zero parts at the end", () => {
    fc.assert(
      fc.property(parts, fc.nat({ max: 3 }), fc.nat({ max: 3 }), (numbers, leading, trailing) => {
        const padded = [...numbers.map((number) => "0".repeat(leading) + String(number)), ...Array<string>(trailing).fill("0")].join(".");
        expect(normaliseBuildNumber(padded)).toBe(normaliseBuildNumber(numbers.join(".")));
        expect(compareBuildNumbers(padded, numbers.join("."))).toBe(0);
      }),
    );
  });

  it("compare like their parts, number by number", () => {
    fc.assert(
      fc.property(parts, parts, (first, second) => {
        const at = Array.from({ length: 6 }, (_, index) => index).find((index) => (first[index] ?? 0) !== (second[index] ?? 0));
        const expected = at === undefined ? 0 : Math.sign((first[at] ?? 0) - (second[at] ?? 0));
        expect(Math.sign(compareBuildNumbers(first.join("."), second.join(".")))).toBe(expected);
      }),
    );
  });

  it("are in one order, whichever is asked about first", () => {
    fc.assert(
      fc.property(spelled, spelled, (first, second) => {
        expect(compareBuildNumbers(first, second) + compareBuildNumbers(second, first)).toBe(0);
      }),
    );
  });

  it.each([
    ["1.10", "1.9", 1],
    ["2", "10", -1],
    ["1.0.0", "1", 0],
    ["90071992547409930001", "90071992547409930002", -1],
  ])("%s against %s gives %i", (first, second, order) => {
    expect(compareBuildNumbers(first, second)).toBe(order);
  });

  it.each(["", "0", "0.0", "00.000", "1.", ".1", "1..2", "-1", "1.a", "v1", "1 ", " 1", "1\n", "1e3", "1,2", "١"])(
    "do not include %j",
    (text) => {
      expect(isBuildNumber(text)).toBe(false);
      expect(() => normaliseBuildNumber(text)).toThrow(expect.objectContaining({ code: "PLUGIN_INVALID" }) as Error);
    },
  );
});
