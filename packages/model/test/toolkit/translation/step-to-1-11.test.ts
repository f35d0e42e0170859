import { describe, expect, it } from "vitest";
import { stepTo1_11 } from "../../../src/toolkit/translation/step-to-1-11.ts";
import { validToolkit } from "../valid-toolkit.ts";
import { translatedBy } from "./translated-by.ts";

describe("the step from 1.10 to 1.11", () => {
  it("leaves out what is the engine's to say since, and says so", () => {
    const given = validToolkit({ displayName: "Mine", identifier: "x", status: "ACTIVE" });
    const { toolkit, warnings } = translatedBy(stepTo1_11, given);
    expect(toolkit).toEqual(validToolkit());
    expect(warnings).toHaveLength(3);
    expect(warnings[0]).toMatch(/^displayName: is the engine's to say since 1\.11/);
  });

  it("leaves all else as it is", () => {
    const given = validToolkit({ messages: [], unknown: { status: 1 } });
    expect(translatedBy(stepTo1_11, given)).toEqual({ toolkit: given, problems: [], warnings: [] });
  });
});
