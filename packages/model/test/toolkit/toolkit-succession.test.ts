import { describe, expect, it } from "vitest";
import { checkToolkitSuccession, type EngineError, inspectToolkit, type JsonObject, type ToolkitParts } from "../../src/index.ts";
import { validToolkit } from "./valid-toolkit.ts";

const OTHER = { snapshotSchema: { type: "object", properties: { id: { type: "string" } } } };

function edition(version: string, changes: JsonObject & { from?: string } = {}): ToolkitParts {
  const { from, ...members } = changes;
  const scripts = {
    upgradeSnapshot: "return snapshot",
    upgradeVirtualSource: "return parameters",
    upgradeLinkedSource: "return parameters",
  };
  const upgrade =
    from === undefined ? {} : { upgradeDefinition: { type: "ToolkitUpgradeDefinition", fromVersion: `${from}.0`, ...scripts } };
  const { toolkit, problems } = inspectToolkit(validToolkit({ version, ...members, ...upgrade }));
  if (toolkit === undefined) throw new Error(JSON.stringify(problems));
  return toolkit.parts;
}

describe("a version of a toolkit after another", () => {
  it.each([
    ["1.2.0", "1.2.0", {}, "same-release"],
    ["1.2.0", "1.2.HOTFIX-1", {}, "same-release"],
    ["1.2.0", "1.3.0", {}, "without-scripts"],
    ["1.9.0", "1.10.0", {}, "without-scripts"],
    ["1.2.0", "1.7.0", {}, "without-scripts"],
    ["1.2.5", "1.3.0", { ...OTHER, from: "1.2" }, "with-scripts"],
    ["1.2.0", "2.0.0", { from: "1.2" }, "with-scripts"],
    ["1.2.0", "2.0.0", { ...OTHER, from: "1.2" }, "with-scripts"],
    ["1.0.0", "01.0.1", {}, "same-release"],
  ])("%s → %s with %j is accepted: %s", (...[installed, next, changes, expected]) => {
    expect(checkToolkitSuccession(edition(installed), edition(next, changes))).toBe(expected);
  });

  it.each([
    ["1.2.0", "1.1.9", {}, /1\.1\.9 cannot follow the installed 1\.2\.0: it is older/],
    ["1.10.0", "1.9.0", {}, /is older/],
    ["2.0.0", "1.9.0", {}, /is older/],
    ["1.2.0", "1.2.1", OTHER, /is a patch, and changes schemas/],
    ["1.2.0", "1.2.0", OTHER, /is a patch, and changes schemas/],
    ["1.2.0", "1.3.0", OTHER, /changes schemas, and has no upgrade scripts/],
    ["1.2.0", "1.3.0", { ...OTHER, from: "1.1" }, /changes schemas, and its upgrade scripts upgrade from 1\.1/],
    ["1.2.0", "2.0.0", {}, /is a major version, and has no upgrade scripts/],
    ["1.2.0", "2.0.0", { from: "1.1" }, /is a major version, and its upgrade scripts upgrade from 1\.1/],
    ["1.2.0", "3.0.0", { from: "1.2" }, /is no next major version/],
    ["1.2.0", "2.1.0", { from: "1.2" }, /is no next major version/],
    [
      "1.2.0",
      "1.3.0",
      { linkedSourceDefinition: { type: "ToolkitLinkedDirectSource", parameters: [] } },
      /is of another type of linked sources/,
    ],
  ])("%s → %s with %j is refused", (...[installed, next, changes, expected]) => {
    expect(() => checkToolkitSuccession(edition(installed), edition(next, changes as JsonObject))).toThrow(expected);
  });

  it("counts another identity or name field as another schema", () => {
    const discovery = validToolkit()["discoveryDefinition"] as JsonObject;
    const repositorySchema = { type: "object", properties: { home: { type: "string" }, label: { type: "string" } } };
    const with2 = { discoveryDefinition: { ...discovery, repositorySchema } };
    const renamed = { discoveryDefinition: { ...discovery, repositorySchema, repositoryNameField: "label" } };
    expect(() => checkToolkitSuccession(edition("1.0.0", with2), edition("1.0.1", renamed))).toThrow(/changes schemas/);
  });

  it("tells programs where schemas are the reason", () => {
    for (const [next, reason] of [
      [edition("1.2.1", OTHER), "schema"],
      [edition("1.3.0", OTHER), "schema"],
      [edition("2.0.0"), undefined],
    ] as const) {
      try {
        checkToolkitSuccession(edition("1.2.0"), next);
        expect.unreachable();
      } catch (error) {
        expect((error as EngineError).details["reason"]).toBe(reason);
      }
    }
  });

  it("names both versions, and what to do, for programs too", () => {
    try {
      checkToolkitSuccession(edition("1.2.0"), edition("2.0.0"));
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        code: "PLUGIN_REFUSED",
        action: expect.stringContaining("upgrade/1.2"),
        details: { installed: "1.2.0", uploaded: "2.0.0" },
      });
    }
  });
});
