import { describe, expect, it } from "vitest";
import { stepTo1_10 } from "../../../src/toolkit/translation/step-to-1-10.ts";
import { validToolkit } from "../valid-toolkit.ts";
import { translatedBy } from "./translated-by.ts";

describe("the step from 1.9 to 1.10", () => {
  it("leads from the one to the other", () => {
    expect([stepTo1_10.from, stepTo1_10.to]).toEqual(["1.9", "1.10"]);
  });

  it("changes nothing, neither with what came along in these versions nor without", () => {
    const later = { rootSquashEnabled: false, language: "LUA", upgradeDefinition: { fromVersion: "1.0.0" }, unknown: [1] };
    for (const toolkit of [validToolkit(), validToolkit(later), {}]) {
      expect(translatedBy(stepTo1_10, toolkit)).toEqual({ toolkit, problems: [], warnings: [] });
    }
  });
});
