import { describe, expect, it } from "vitest";
import { escapeText, unescapeText } from "../../src/tables/escaped-text.ts";

describe("a text for the catalog", () => {
  it.each(["", "plain", "\0", "a\0b\0", "\uFDD0", "\uFDD00", "\uFDD01\0", "\0" + "1", "名前 😀"])("comes back as it was: %j", (text) => {
    const escaped = escapeText(text);
    expect(escaped).not.toContain("\0");
    expect(unescapeText(escaped)).toBe(text);
  });

  it("is as it is where nothing must be escaped, and without half characters", () => {
    expect(escapeText("name 😀")).toBe("name 😀");
    expect(escapeText("a\uD83D b\uDE00")).toBe("a\uFFFD b\uFFFD");
  });
});
