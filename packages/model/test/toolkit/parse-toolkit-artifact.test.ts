import { describe, expect, it } from "vitest";
import { parseToolkitArtifact, type ApiVersion, type Json, type JsonObject } from "../../src/index.ts";
import { toolkitWith, validToolkit } from "./valid-toolkit.ts";
import { toolkitOf1_5 } from "./translation/toolkit-of-1-5.ts";

const api = (minor: number, micro = 0): ApiVersion => ({ type: "APIVersion", major: 1, minor, micro });

describe("the artifact of a toolkit", () => {
  it("becomes the parts of a plugin version", () => {
    const { parts, warnings, buildApi } = parseToolkitArtifact(validToolkit({ hostTypes: ["UNIX", "WINDOWS"] }));
    expect(warnings).toEqual([]);
    expect(buildApi).toEqual(api(11));
    expect(parts).toMatchObject({
      kind: "TOOLKIT",
      pluginId: "acme-files",
      name: "acme-files",
      prettyName: "Acme Files",
      buildNumber: "1.2.0",
      language: "LUA",
      pluginType: "STAGED",
      hostTypes: ["UNIX", "WINDOWS"],
      entryPoint: "toolkit",
      defaultLocale: "en-us",
      hasManualDiscovery: true,
      isRootSquashEnabled: true,
      hasExtendedStartStopHooks: false,
      repository: { identityFields: ["home"], nameField: "home" },
      sourceConfig: { identityFields: ["path"], nameField: "path" },
      migrationIds: [],
      luaMigrations: {},
    });
  });

  it("has six schemas: snapshot parameters tell the first load and a manual resync", () => {
    const { schemas } = parseToolkitArtifact(validToolkit()).parts;
    expect(Object.keys(schemas)).toHaveLength(6);
    expect(schemas.snapshotParametersDefinition).toEqual({ type: "object", properties: { resync: { type: "boolean" } } });
    expect(schemas.repositoryDefinition).toEqual({ type: "object", properties: { home: { type: "string" } } });
  });

  it("has empty schemas where the toolkit has none", () => {
    const { parts, artifact } = parseToolkitArtifact(validToolkit({ discoveryDefinition: undefined }));
    expect(parts.schemas.repositoryDefinition).toEqual({ type: "object", additionalProperties: false, properties: {} });
    expect(parts.repository).toEqual({ identityFields: [], nameField: "" });
    expect(artifact.discoveryDefinition).toBeUndefined();
  });

  it("is given back in the form of the current API: every script is there", () => {
    const linked = { preSnapshot: "# nothing\n", postSnapshot: null, worker: undefined, status: 'return "ACTIVE"' };
    const { artifact } = parseToolkitArtifact({ ...toolkitWith("linkedSourceDefinition", linked), buildApi: api(8) as unknown as Json });
    expect(artifact.linkedSourceDefinition).toEqual({
      type: "ToolkitLinkedStagedSource",
      parameters: { type: "object", additionalProperties: false, properties: { stagingPath: { type: "string" } } },
      resync: "",
      startStaging: "",
      stopStaging: "",
      preSnapshot: "",
      postSnapshot: "return {}",
      status: 'return "ACTIVE"',
      worker: "",
      mountSpec: "",
      ownershipSpec: "",
    });
    expect(artifact.virtualSourceDefinition).toMatchObject({ configure: "return {}", reconfigure: "return {}", initialize: "", start: "" });
    expect(artifact).toMatchObject({
      language: "LUA",
      rootSquashEnabled: true,
      resources: {},
      messages: [],
      buildApi: { minor: 11, micro: 16 },
    });
  });

  it("tells what its upgrade scripts upgrade from, by kind of object", () => {
    const scripts = {
      upgradeSnapshot: "return snapshot",
      upgradeVirtualSource: "return parameters",
      upgradeLinkedSource: "return parameters",
    };
    const upgraded = (changes: JsonObject): unknown =>
      parseToolkitArtifact(
        validToolkit({ upgradeDefinition: { type: "ToolkitUpgradeDefinition", fromVersion: "1.1.0", ...scripts, ...changes } }),
      ).parts.luaMigrations;
    expect(upgraded({})).toEqual({ snapshot: ["1.1"], virtualSource: ["1.1"], linkedSource: ["1.1"] });
    expect(upgraded({ upgradeManualSourceConfig: "return parameters" })).toMatchObject({ sourceConfig: ["1.1"] });
    expect(() => upgraded({ upgradeSnapshot: "" })).toThrow(/upgradeDefinition\.upgradeSnapshot: is missing or does nothing/);
    expect(() => upgraded({ fromVersion: "1.1" })).toThrow(/upgradeDefinition\.fromVersion: must be a version/);
  });

  it("is translated from the oldest form on", () => {
    const { parts, artifact, warnings } = parseToolkitArtifact({ ...toolkitOf1_5(), buildApi: api(5) as unknown as Json });
    expect(parts).toMatchObject({ pluginType: "DIRECT", buildNumber: "1.0.0" });
    expect(parts.operations).toEqual([
      "virtual.configure",
      "virtual.reconfigure",
      "virtual.start",
      "virtual.postSnapshot",
      "virtual.mountSpecification",
      "virtual.status",
      "linked.preSnapshot",
      "linked.postSnapshot",
    ]);
    expect(artifact.linkedSourceDefinition).toMatchObject({ preSnapshot: "RunSync { }" });
    expect(warnings.length).toBeGreaterThan(3);
  });

  it("of a time before buildApi is translated from the version of its session", () => {
    const session = api(5);
    expect(parseToolkitArtifact(toolkitOf1_5(), session).buildApi).toEqual(session);
    expect(() => parseToolkitArtifact(toolkitOf1_5(), api(6))).not.toThrow();
    expect(() => parseToolkitArtifact(toolkitOf1_5())).toThrow(/does not say which API it was built for/);
  });

  it("is refused in a session of another version, with both versions named", () => {
    expect(() => parseToolkitArtifact(validToolkit(), api(11))).not.toThrow();
    for (const session of [api(10), api(11, 16)]) {
      expect(() => parseToolkitArtifact(validToolkit(), session)).toThrow(
        `built for the API 1.11.0, but the session was opened for 1.${session.minor}.${session.micro}`,
      );
    }
  });

  it("may write its buildApi as a text, and no other way", () => {
    expect(parseToolkitArtifact(validToolkit({ buildApi: "1.7.0" })).buildApi).toEqual(api(7));
    for (const buildApi of ["1.7", 1.7, {}, { major: 1, minor: -7, micro: 0 }, { major: 1, minor: 7.5, micro: 0 }, []]) {
      expect(() => parseToolkitArtifact(validToolkit({ buildApi }))).toThrow(
        /The toolkit acme-files 1\.2\.0 has a buildApi that is no version/,
      );
    }
  });
});

describe("a bad artifact", () => {
  it("names the toolkit, its version and every place that is wrong", () => {
    expect(() => parseToolkitArtifact(toolkitWith("virtualSourceDefinition", { type: "x", start: 7 }))).toThrow(
      /^toolkit acme-files 1\.2\.0: virtualSourceDefinition\.start: must be the text of a script\.\ntoolkit acme-files 1\.2\.0: virtualSourceDefinition\.type: must be/,
    );
  });

  it.each<[JsonObject, RegExp]>([
    [{ type: "Plugin" }, /type: must be "Toolkit"/],
    [{}, /type: must be "Toolkit"/],
    [validToolkit({ resources: { "a.sh": 7 } }), /resources\["a\.sh"\]: must be a text/],
    [validToolkit({ resources: { "../a.sh": "" } }), /resources\["\.\.\/a\.sh"\]: must be a path below/],
    [validToolkit({ resources: { "/etc/a": "" } }), /must be a path below/],
    [validToolkit({ resources: [] }), /resources: must be an object/],
    [
      validToolkit({ snapshotSchema: { type: "object", properties: { a: { type: "objct" } } } }),
      /snapshotSchema\.properties\.a\.type: must be one of/,
    ],
    [validToolkit({ name: "builtin:files" }), /name: must not begin with "builtin:"/],
    [validToolkit({ linkedSourceDefinition: null, hostTypes: null }), /hostTypes: is missing[^]*linkedSourceDefinition: is missing/],
  ])("%j is refused", (artifact, expected) => {
    expect(() => parseToolkitArtifact(artifact)).toThrow(expected);
  });

  it("that is nested without end is refused before anything walks through it", () => {
    let deep: Json = {};
    for (let level = 0; level < 50_000; level++) deep = [deep];
    expect(() => parseToolkitArtifact(validToolkit({ snapshotSchema: deep }))).toThrow(/nested deeper than 200 levels/);
  });
});
