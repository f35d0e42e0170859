import { ARTIFACT_LIMITS } from "@opendvp/model";
import fc from "fast-check";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { zipSource } from "../../src/source-zip/zip-source.ts";

const path = fc.array(fc.stringMatching(/^[a-z_é ]{1,8}$/), { minLength: 1, maxLength: 3 }).map((steps) => steps.join("/"));
const file = fc.record({ path, contents: fc.uint8Array({ maxLength: 300 }), isExecutable: fc.boolean() });
const files = fc.uniqueArray(file, { selector: (each) => each.path, maxLength: 6 });

describe("the zip of a source tree", () => {
  it("gives every file back", () => {
    fc.assert(
      fc.property(files, (tree) => {
        const unzipped = unzipSync(Buffer.from(zipSource(tree), "base64"));
        expect(Object.keys(unzipped).sort()).toEqual(tree.map((each) => each.path).sort());
        for (const each of tree) expect(Buffer.from(unzipped[each.path] ?? []).equals(each.contents)).toBe(true);
      }),
    );
  });

  it("is the same in whatever order the files come, and in every time zone", () => {
    fc.assert(
      fc.property(files, fc.constantFrom("UTC", "Asia/Kolkata", "America/St_Johns"), (tree, zone) => {
        const former = process.env["TZ"];
        const here = zipSource(tree);
        try {
          process.env["TZ"] = zone;
          expect(zipSource([...tree].reverse())).toBe(here);
        } finally {
          if (former === undefined) delete process.env["TZ"];
          else process.env["TZ"] = former;
        }
      }),
    );
  });

  it("is refused with more files than an engine unpacks", () => {
    const many = Array.from({ length: ARTIFACT_LIMITS.unpackedFiles + 1 }, (_, index) => ({
      path: String(index),
      contents: new Uint8Array(),
      isExecutable: false,
    }));
    expect(() => zipSource(many)).toThrow(expect.objectContaining({ code: "TOO_LARGE" }) as Error);
  });
});
