import { describe, expect, it } from "vitest";
import { hasStatements, withoutHashLines } from "../../src/index.ts";

describe("lines at the beginning of a script that start with #", () => {
  it.each([
    ["# a\nreturn 1", "\nreturn 1"],
    ["#a\r\n\r\n#b\r\nreturn 1", "\n\n\nreturn 1"],
    ["\r\n  # c\nreturn 1", "\n\nreturn 1"],
    ["\uFEFF# a\n\n# b\nreturn 1", "\n\n\nreturn 1"],
    ["\uFEFFreturn 1", "return 1"],
    ["# nothing else", ""],
    ["return #t\n# no comment", "return #t\n# no comment"],
    ["", ""],
  ])("%j goes, as %j: all others keep their numbers", (script, rest) => {
    expect(withoutHashLines(script)).toBe(rest);
    expect(hasStatements(script)).toBe(rest.trim() !== "");
  });
});
