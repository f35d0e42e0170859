import { expect, test } from "vitest";
import { compareLuaVersions, isNextLuaVersion, luaVersionOf, nextLuaVersion, sortLuaVersions } from "../../src/index.ts";

test.each([
  ["1.0", "1.0"],
  ["01.02", "1.2"],
  ["1.10.3", "1.10"],
  ["1.2.b-7", "1.2"],
])("the data of %s is that of %s", (version, expected) => {
  expect(luaVersionOf(version)).toBe(expected);
});

test.each(["1", "v1.0", "1.", "", "1.x"])("%j is no version of a toolkit", (version) => {
  expect(() => luaVersionOf(version)).toThrow(/is no version of a toolkit/);
});

test("versions are ordered by their parts: 1.10 comes after 1.9", () => {
  expect(sortLuaVersions(["1.10", "2.0", "1.9"])).toEqual(["1.9", "1.10", "2.0"]);
  expect(compareLuaVersions("1.2.3", "1.2")).toBe(0);
});

test("two spellings of one version are one too many", () => {
  expect(() => sortLuaVersions(["1.0", "01.00"])).toThrow(/two migrations from version 1\.0/);
});

test("the next version is the next minor one, or the next major one's first", () => {
  expect(isNextLuaVersion("1.1", "1.2")).toBe(true);
  expect(isNextLuaVersion("1.9", "2.0")).toBe(true);
  expect(isNextLuaVersion("1.1", "1.3")).toBe(false);
  expect(isNextLuaVersion("1.1", "2.1")).toBe(false);
  expect(nextLuaVersion("1.9")).toBe("1.10");
});
