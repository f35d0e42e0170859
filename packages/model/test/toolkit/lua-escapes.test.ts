import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withKnownEscapes } from "../../src/index.ts";

describe("the texts of a script", () => {
  it.each([
    [String.raw`"sed 's/\./_/' \$x \d"`, String.raw`"sed 's/./_/' $x d"`],
    [String.raw`'\[a\]'`, "'[a]'"],
    [String.raw`"\n\t\\d\"\'\065\z \x41\u{48}"`, String.raw`"\n\t\\d\"\'\065\z \x41\u{48}"`],
    [String.raw`"\xyz \u0048"`, `"xyz u0048"`],
    ["'a\\\nb'", "'a\\\nb'"],
    [String.raw`[[ \d "\d" ]] .. "\d"`, String.raw`[[ \d "\d" ]] .. "d"`],
    [String.raw`[==[ ]] "\d ]==] .. "\d"`, String.raw`[==[ ]] "\d ]==] .. "d"`],
    [String.raw`-- it's \d` + "\n" + String.raw`x = "\d"`, "-- it's \\d\n" + `x = "d"`],
    [String.raw`--[[ "\d ]] x = "\d"`, String.raw`--[[ "\d ]] x = "d"`],
    [String.raw`x = "never \d ended`, String.raw`x = "never \d ended`],
  ])("%s become %s: a backslash before what has no meaning goes", (script, known) => {
    expect(withKnownEscapes(script)).toBe(known);
  });

  it("keep their lines, in time that grows with the script", () => {
    const parts = fc.constantFrom('"', "'", "\\", "[[", "]]", "--", "[=[", "]=]", "\n", "d", "x", "z", " ");
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 60 }), (words) => {
        const script = words.join("");
        expect(withKnownEscapes(script).split("\n").length).toBe(script.split("\n").length);
      }),
    );
    const beganAt = performance.now();
    withKnownEscapes(`x = ${'"'.repeat(50_001)} ${"[[".repeat(50_000)} ${"--[=[".repeat(10_000)}`);
    expect(performance.now() - beganAt).toBeLessThan(2000);
  });
});
