import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compareMigrationIds,
  isMigrationId,
  missingMigrationIds,
  newMigrationIds,
  normaliseMigrationId,
  sortMigrationIds,
} from "../../src/index.ts";

const canonical = fc
  .array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 4 })
  .filter((numbers) => (numbers.at(-1) ?? 0) > 0)
  .map((numbers) => numbers.join("."));
const distinct = fc.uniqueArray(canonical, { maxLength: 12 });

describe("migration ids", () => {
  it("run in numeric order, however they were given", () => {
    fc.assert(
      fc.property(distinct, (ids) => {
        const sorted = sortMigrationIds(ids);
        expect(new Set(sorted)).toEqual(new Set(ids));
        for (const [index, id] of sorted.entries()) expect(index === 0 || compareMigrationIds(sorted[index - 1] ?? "", id) < 0).toBe(true);
      }),
    );
  });

  it("are refused when two are the same number in different spellings", () => {
    fc.assert(
      fc.property(canonical, distinct, fc.integer({ min: 1, max: 3 }), (id, others, zeros) => {
        const again = `0${id}${".0".repeat(zeros)}`;
        expect(() => sortMigrationIds([id, ...others.filter((other) => other !== id), again])).toThrow(/are the same number/);
      }),
    );
  });

  it.each(["1.2", "01.02", "1.2.0"])("have one spelling: %s", (id) => {
    expect(normaliseMigrationId(id)).toBe("1.2");
  });

  it.each(["", "0", "0.0", "1.x", "1.", "-1", "1 2"])("do not include %j", (id) => {
    expect(isMigrationId(id)).toBe(false);
    expect(() => sortMigrationIds([id])).toThrow(/is no migration id/);
  });

  it("of two versions say what is new and what is missing", () => {
    const installed = ["1", "1.2"];
    const offered = ["1", "1.10", "1.9", "2"];
    expect(newMigrationIds(installed, offered)).toEqual(["1.9", "1.10", "2"]);
    expect(missingMigrationIds(installed, offered)).toEqual(["1.2"]);
  });
});
