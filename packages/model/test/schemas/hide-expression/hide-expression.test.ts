import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EngineError, isHidden, parseHideExpression, type Json } from "../../../src/index.ts";

const ROOT = { kind: "PRIMARY", flag: true, empty: "", zero: 0, none: null, a: { b: { c: "deep" } } };
const INNER = { x: "inner", kind: "INNER" };

function hidden(text: string, containers: readonly Json[] = [ROOT]): boolean {
  return isHidden(parseHideExpression(text), containers);
}

describe("a hide expression", () => {
  it.each([
    ["model.flag", true],
    ["!model.flag", false],
    ["!!model.flag", true],
    ["model.empty", false],
    ["!model.missing", true],
    ["model.kind === 'PRIMARY'", true],
    ['model.kind !== "PRIMARY"', false],
    ["model.kind !== 'OTHER' && !model.empty", true],
    ["model.zero === 0", true],
    ["model.zero === false", false],
    ["model.zero === -0.0", true],
    ["model.none === null", true],
    ["model.missing === undefined", true],
    ["model.missing === null", false],
    ["model?.a?.b?.c === 'deep'", true],
    ["model.a.b.c.d.e === undefined", true],
    ["model.kind.length", false],
    ["model.constructor", false],
    ["model.__proto__ || model.toString", false],
    ["true && false || true", true],
    ["true || false && false", true],
    ["(true || false) && false", false],
    ["!(model.flag && model.kind === 'PRIMARY')", false],
    ["  model.flag\n&&\ttrue ", true],
    ["'it\\'s' === \"it's\"", true],
    ["1.5 === 1.5 === true", true],
  ])("%s is %s", (text, expected) => {
    expect(hidden(text)).toBe(expected);
  });

  it("reaches up by parents: the first is the object that the field is in", () => {
    const containers: readonly Json[] = [ROOT, INNER];
    expect(hidden("model.kind === 'INNER'", containers)).toBe(true);
    expect(hidden("field.model.kind === 'INNER'", containers)).toBe(true);
    expect(hidden("field.parent.model?.kind === 'INNER'", containers)).toBe(true);
    expect(hidden("field.parent.parent.model?.kind === 'PRIMARY'", containers)).toBe(true);
    expect(hidden("field.parent.parent.model?.a?.b?.c === 'deep'", containers)).toBe(true);
    expect(hidden("field.parent.parent.parent.parent.model?.kind === undefined", containers)).toBe(true);
  });

  it("evaluates like the JavaScript that it looks like", () => {
    const leaf = fc.constantFrom("model.t", "model.f", "model.s", "model.n", "model.u", "model?.o?.p", "true", "false", "null", "'x'", "1");
    const expression = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        leaf,
        tie("node").map((inner) => `!(${inner})`),
        fc
          .tuple(tie("node"), fc.constantFrom("&&", "||", "===", "!=="), tie("node"))
          .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
      ),
    })).node;
    const model = { t: true, f: false, s: "x", n: 1, o: { p: "x" } };
    fc.assert(
      fc.property(expression, (text) => {
        // The generator makes only our own small language, so that JavaScript itself can be asked for the answer.
        expect(hidden(text, [model])).toBe(runInNewContext(`Boolean(${text})`, { model }));
      }),
    );
  });

  it.each([
    "",
    "model",
    "model.",
    "model..x",
    "model[0]",
    "model.x()",
    "x",
    "window.location",
    "model.x = 1",
    "model.x == 1",
    "model.x > 1",
    "model.x ? 1 : 2",
    "`x`",
    "(model.x",
    "model.x)",
    "model.x model.y",
    "&& model.x",
    "model.x &&",
    "field.x",
    "field.parent",
    "'open",
    "process.exit(1)",
    "/x/",
    `${"!".repeat(500)}model.x`,
    `${"model.x || ".repeat(500)}model.x`,
  ])("is refused: %j", (text) => {
    expect(() => parseHideExpression(text)).toThrow(expect.objectContaining({ code: "PLUGIN_INVALID" }) as Error);
  });

  it("is read or refused, and never does anything else", () => {
    const fragment = fc.oneof(
      fc.constantFrom("model", ".", "?.", "x", "field", "parent", "!", "&&", "||", "===", "(", ")", "'a'", "1", " "),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 20 }), (fragments) => {
        try {
          expect(typeof hidden(fragments.join(""))).toBe("boolean");
        } catch (thrown) {
          expect(EngineError.from(thrown).code).toBe("PLUGIN_INVALID");
        }
      }),
      { numRuns: 1000 },
    );
  });
});
