import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { replacePrograms } from "../../bundle-programs/replace-programs.ts";

/** A directory, and what puts programs into it: names with what they hold. */
function bench() {
  const dist = mkdtempSync(join(tmpdir(), "opendvp-programs-"));
  onTestFinished(() => rmSync(dist, { recursive: true }));
  const put = (files: Readonly<Record<string, string>>): void => {
    const bundled = Object.entries(files).map(([name, text]) => ({ path: join(dist, name), contents: Buffer.from(text) }));
    const programs = Object.keys(files).filter((name) => !name.startsWith("chunk-"));
    replacePrograms(
      dist,
      bundled,
      programs.map((name) => name.replace(/\.js$/, "")),
    );
  };
  return { dist, put };
}

test("programs take the places of older ones, and leave no chunk that none of them has", () => {
  const { dist, put } = bench();
  put({ "chunk-ONE.js": "1", "dvp.js": "from 1" });
  put({ "chunk-TWO.js": "2", "dvp.js": "from 2" });
  expect(readdirSync(dist).sort()).toEqual(["chunk-TWO.js", "dvp.js"]);
  expect(readFileSync(join(dist, "dvp.js"), "utf8")).toBe("from 2");
  expect(statSync(join(dist, "dvp.js")).mode & 0o111).toBe(0o111);
});

test("a program that stays as it is stays the same file, and counts as made now", () => {
  const { dist, put } = bench();
  const program = join(dist, "dvp.js");
  put({ "dvp.js": "same" });
  const { ino } = statSync(program);
  utimesSync(program, 1, 1);
  put({ "dvp.js": "same" });
  expect(statSync(program)).toMatchObject({ ino });
  expect(statSync(program).mtimeMs).toBeGreaterThan(1_000_000);
});
