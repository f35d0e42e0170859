import { SecretMask } from "@opendvp/model";
import fc from "fast-check";
import { expect, test } from "vitest";
import { LineSplitter } from "../../src/process/line-splitter.ts";

const SECRET = "hunter2-päss";

/** The lines of an output that comes in pieces of these sizes, the last size over and over. */
function linesOf(output: string, sizes: readonly number[]): readonly string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter(new SecretMask([SECRET]), (line) => lines.push(line));
  const bytes = Buffer.from(output);
  for (let at = 0, index = 0; at < bytes.length; index += 1) {
    const size = sizes[Math.min(index, sizes.length - 1)] ?? 1;
    splitter.push(bytes.subarray(at, at + size));
    at += size;
  }
  splitter.end();
  return lines;
}

test("a secret is masked whatever pieces it comes in", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "word ", "\n", SECRET), { maxLength: 30 }), sizes, (words, pieces) => {
      const expected = words.join("").replaceAll(new RegExp(`(?:${SECRET})+`, "g"), "********");
      expect(linesOf(words.join(""), pieces).join("\n")).toBe(expected.replace(/\n$/, ""));
    }),
  );
});

test("a secret is masked also where an endless line is cut", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(fc.integer({ min: 8160, max: 8220 }), sizes, (before, pieces) => {
      const lines = linesOf("x".repeat(before) + SECRET + "y".repeat(9000), pieces);
      // Halves would be found at the end of one line and the beginning of the next.
      expect(lines.join("")).toMatch(/^x+\**y+$/);
    }),
    { numRuns: 60 },
  );
});

test("lines stay what they are", () => {
  expect(linesOf("one\ntwo\n\nthree", [4])).toEqual(["one", "two", "", "three"]);
  expect(linesOf("x".repeat(20_000), [70_000]).map(({ length }) => length)).toEqual([8192, 8192, 3616]);
});
