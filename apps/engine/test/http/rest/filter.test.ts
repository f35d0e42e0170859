import { EngineError } from "@opendvp/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateFilter } from "../../../src/http/rest/filter/evaluate-filter.ts";
import { type FilterExpression, type FilterValue, OPERATORS } from "../../../src/http/rest/filter/filter-expression.ts";
import { parseFilter } from "../../../src/http/rest/filter/parse-filter.ts";

const WORDS = new Set(["and", "or", "not", "true", "false", "nil", "null", "in", ...OPERATORS.map((operator) => operator.toLowerCase())]);

const anyMember = fc.stringMatching(/^[a-z_]{1,8}(\.[a-z]{1,4})?$/).filter((name) => !WORDS.has(name));
const anyScalar: fc.Arbitrary<FilterValue> = fc.oneof(
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.float({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
);
const anyComparison: fc.Arbitrary<FilterExpression> = fc.oneof(
  fc.record({
    kind: fc.constant("comparison" as const),
    member: anyMember,
    operator: fc.constantFrom(...OPERATORS.filter((operator) => operator !== "IN")),
    value: anyScalar,
  }),
  fc.record({
    kind: fc.constant("comparison" as const),
    member: anyMember,
    operator: fc.constant("IN" as const),
    value: fc.array(anyScalar, { maxLength: 3 }),
  }),
);
const { anyExpression } = fc.letrec<{ anyExpression: FilterExpression }>((tie) => ({
  anyExpression: fc.oneof(
    { maxDepth: 4 },
    anyComparison,
    fc.record({ kind: fc.constant("not" as const), operand: tie("anyExpression") }),
    fc.record({
      kind: fc.constantFrom("and" as const, "or" as const),
      operands: fc.array(tie("anyExpression"), { minLength: 2, maxLength: 3 }),
    }),
  ),
}));

function written(expression: FilterExpression): string {
  if (expression.kind === "comparison") return `${expression.member} ${expression.operator} ${writtenValue(expression.value)}`;
  if (expression.kind === "not") return `NOT (${written(expression.operand)})`;
  return expression.operands.map((operand) => `(${written(operand)})`).join(` ${expression.kind.toUpperCase()} `);
}

function writtenValue(value: FilterValue): string {
  if (Array.isArray(value)) return `[${value.map((one: FilterValue) => writtenValue(one)).join(", ")}]`;
  if (value === null) return "nil";
  return typeof value === "string" ? `"${value.replaceAll(/["\\]/g, "\\$&")}"` : String(value);
}

describe("a filter", () => {
  it("means what was written, however it is nested", () => {
    fc.assert(
      fc.property(anyExpression, (expression) => {
        expect(parseFilter(written(expression))).toEqual(expression);
      }),
      { numRuns: 500 },
    );
  });

  it("that is no filter is refused with the place, whatever it is made of", () => {
    const anyWords = fc.array(fc.constantFrom("a", "EQ", "AND", "OR", "NOT", "(", ")", "[", "]", ",", "1", '"x"', "IN", "§", "'", "nil"), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          anyWords.map((words) => words.join(" ")),
        ),
        (text) => {
          try {
            parseFilter(text);
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(EngineError);
            expect((thrown as EngineError).details["at"]).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 1000 },
    );
    expect(() => parseFilter("(".repeat(1999))).toThrow("nested deeper");
    expect(() => parseFilter("NOT ".repeat(500))).toThrow("nested deeper");
  });

  it.each([
    ['a EQ "x"', { a: "x" }, true],
    ["a eq 'x'", { a: "y" }, false],
    ["a GT 9 AND a LE 10", { a: 10 }, true],
    ["a EQ 1 OR a EQ 2 AND b EQ 3", { a: 1 }, true],
    ["(a EQ 1 OR a EQ 2) AND b EQ 3", { a: 1 }, false],
    ["NOT a EQ 1", { a: 2 }, true],
    ["a EQ nil", {}, true],
    ["a NE nil", { a: null }, false],
    ['a CONTAINS "ell"', { a: "hello" }, true],
    ['a CONTAINS "x"', { a: ["x", "y"] }, true],
    ['a IN ["x", "y"]', { a: "y" }, true],
    ["a IN []", { a: "y" }, false],
    ["a.b GE 2", { a: { b: 2 } }, true],
    ["a.constructor EQ nil", { a: {} }, true],
    ['a LT "2026-12"', { a: "2026-11-21T00:00:00Z" }, true],
    ['a LT "5"', { a: 4 }, false],
  ])("%s of %j is %s", (filter, item, expected) => {
    expect(evaluateFilter(parseFilter(filter), item)).toBe(expected);
  });
});
