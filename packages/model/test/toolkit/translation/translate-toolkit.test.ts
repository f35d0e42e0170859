import { describe, expect, it, onTestFinished, vi } from "vitest";
import { HAS_SEEDS, seed } from "@opendvp/testkit";
import { TOOLKIT_APIS, type ApiVersion } from "../../../src/index.ts";
import { TRANSLATION_STEPS, translateToolkit } from "../../../src/toolkit/translation/translate-toolkit.ts";
import { validToolkit } from "../valid-toolkit.ts";
import { toolkitOf1_5 } from "./toolkit-of-1-5.ts";

const api = (minor: number, micro = 0): ApiVersion => ({ type: "APIVersion", major: 1, minor, micro });

describe("the translation of a toolkit", () => {
  it("has one step from each API to the next, up to the current one", () => {
    expect(TRANSLATION_STEPS.map(({ from, to }) => `${from} → ${to}`)).toEqual(
      TOOLKIT_APIS.slice(1).map((to, index) => `${TOOLKIT_APIS[index] ?? ""} → ${to}`),
    );
  });

  it("begins with the step that follows the API that the toolkit was built for", () => {
    const given = { ...toolkitOf1_5(), displayName: "x" };
    const has = (member: string, minor: number): boolean =>
      JSON.stringify(translateToolkit(given, api(minor)).toolkit).includes(`"${member}"`);
    // Each is gone where the step was taken that takes it away: to 1.6, 1.7 and 1.11.
    expect([5, 6, 7, 10, 11].map((minor) => has("preSync", minor))).toEqual([false, true, true, true, true]);
    expect([5, 6, 7, 10, 11].map((minor) => has("provision", minor))).toEqual([false, false, true, true, true]);
    expect([5, 6, 7, 10, 11].map((minor) => has("displayName", minor))).toEqual([false, false, false, false, true]);
  });

  it.skipIf(!HAS_SEEDS)("goes from 1.7.0 -> 1.8.0 -> 1.9.0, and on to conform to the current version", () => {
    expect(seed("Basic main.json")).toContain("translation from 1.7.0 -> 1.8.0 -> 1.9.0 to conform to the current version");
    const taken = TRANSLATION_STEPS.flatMap((step) => {
      const { mock } = vi.spyOn(step, "translate");
      return [{ name: `${step.from} -> ${step.to}`, mock }];
    });
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    const given = { ...toolkitOf1_5(), displayName: "x" };
    const { toolkit } = translateToolkit(given, api(7));
    const steps = taken
      .filter(({ mock }) => mock.calls.length > 0)
      .sort((one, other) => (one.mock.invocationCallOrder[0] ?? 0) - (other.mock.invocationCallOrder[0] ?? 0));
    expect(steps.map(({ name }) => name)).toEqual(["1.7 -> 1.8", "1.8 -> 1.9", "1.9 -> 1.10", "1.10 -> 1.11"]);
    // Each takes what the former one gives, and what the last one gives is the toolkit of today.
    const results = steps.map(({ mock }) => mock.results[0]?.value as unknown);
    expect(steps.map(({ mock }) => mock.calls[0]?.[0])).toEqual([given, ...results.slice(0, -1)]);
    expect(toolkit).toBe(results.at(-1));
    expect(toolkit).not.toHaveProperty("displayName");
  });

  it("changes nothing in a toolkit of the current API", () => {
    expect(translateToolkit(validToolkit(), api(11, 16))).toEqual({ toolkit: validToolkit(), problems: [], warnings: [] });
  });

  it.each([
    [{ type: "APIVersion", major: 1, minor: 4, micro: 3 }, /built for the API 1\.4\.3, which is older than 1\.5\.0/],
    [{ type: "APIVersion", major: 0, minor: 9, micro: 0 }, /0\.9\.0, which is older than 1\.5\.0/],
    [{ type: "APIVersion", major: 1, minor: 12, micro: 0 }, /1\.12\.0, which this engine, of 1\.11\.16, does not know/],
    [{ type: "APIVersion", major: 1, minor: 11, micro: 17 }, /1\.11\.17, which this engine/],
    [{ type: "APIVersion", major: 2, minor: 5, micro: 0 }, /2\.5\.0, which this engine/],
  ] as const)("refuses %j by name", (version, expected) => {
    expect(() => translateToolkit(validToolkit(), version)).toThrow(expected);
  });
});
