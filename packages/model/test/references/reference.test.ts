import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatReference, isReference, KINDS, looksLikeReference, parseReference } from "../../src/index.ts";

describe("references", () => {
  it("survive being written and read", () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), fc.integer({ min: 1, max: 2 ** 40 }), (kind, serial) => {
        expect(parseReference(formatReference(kind, serial))).toEqual({ kind, serial });
      }),
    );
  });

  it.each(["", "JOB", "JOB-", "JOB-0", "JOB-01", "job-1", "JOB-1 ", "JOB--1", "NOTHING_OF_OURS-1", "JOB-1e3"])(
    "do not include %j",
    (text) => {
      expect(parseReference(text)).toBeUndefined();
    },
  );

  it("are told apart by kind", () => {
    expect(isReference("JOB-7", "JOB")).toBe(true);
    expect(isReference("JOB-7", "ACTION")).toBe(false);
  });

  it("of unknown kinds still look like references, so that no name can pass for one", () => {
    expect(looksLikeReference("SOME_FUTURE_KIND-3")).toBe(true);
  });
});
