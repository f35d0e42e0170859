import { describe, expect, it } from "vitest";
import { stepTo1_8 } from "../../../src/toolkit/translation/step-to-1-8.ts";
import { validToolkit } from "../valid-toolkit.ts";
import { translatedBy } from "./translated-by.ts";

describe("the step from 1.7 to 1.8", () => {
  it("leads from the one to the other", () => {
    expect([stepTo1_8.from, stepTo1_8.to]).toEqual(["1.7", "1.8"]);
  });

  it("changes nothing, neither with what came along in these versions nor without", () => {
    const later = { rootSquashEnabled: false, language: "LUA", upgradeDefinition: { fromVersion: "1.0.0" }, unknown: [1] };
    for (const toolkit of [validToolkit(), validToolkit(later), {}]) {
      expect(translatedBy(stepTo1_8, toolkit)).toEqual({ toolkit, problems: [], warnings: [] });
    }
  });
});
