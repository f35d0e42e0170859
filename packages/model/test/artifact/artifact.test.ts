import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createArtifact,
  EngineError,
  formatArtifact,
  OPERATION_NAMES,
  operationTable,
  parseArtifact,
  type PluginParts,
} from "../../src/index.ts";
import { validParts } from "./valid-parts.ts";

const encoder = new TextEncoder();
const PARTS = validParts();

function bytesOf(artifact: object): Uint8Array {
  return encoder.encode(JSON.stringify(artifact));
}

function refusal(bytes: Uint8Array): EngineError {
  try {
    parseArtifact(bytes);
  } catch (thrown) {
    if (thrown instanceof EngineError) return thrown;
    throw thrown;
  }
  throw new Error("The artifact was accepted.");
}

describe("an artifact", () => {
  it("has exactly the members that uploads are known by", () => {
    const artifact = createArtifact(PARTS);
    expect(Object.keys(artifact).sort()).toEqual(
      [
        ...["type", "pluginId", "name", "language", "hostTypes", "entryPoint", "defaultLocale", "buildNumber", "buildApi", "engineApi"],
        ...["rootSquashEnabled", "extendedStartStopHooks", "sourceCode", "virtualSourceDefinition", "linkedSourceDefinition"],
        ...["discoveryDefinition", "snapshotSchema", "snapshotParametersDefinition", "manifest"],
      ].sort(),
    );
    expect(artifact).toMatchObject({
      type: "Plugin",
      engineApi: { type: "APIVersion", major: 1, minor: 11, micro: 16 },
      virtualSourceDefinition: { type: "PluginVirtualSourceDefinition", parameters: { type: "object" } },
      linkedSourceDefinition: { type: "PluginLinkedDirectSourceDefinition", parameters: { type: "object" } },
      discoveryDefinition: {
        type: "PluginDiscoveryDefinition",
        manualSourceConfigDiscovery: true,
        repositoryIdentityFields: ["installPath"],
        repositoryNameField: "installPath",
        sourceConfigIdentityFields: ["name"],
        sourceConfigNameField: "name",
      },
      snapshotParametersDefinition: { type: "PluginSnapshotParametersDefinition", schema: { type: "object" } },
    });
  });

  it("has a manifest with a member for every operation", () => {
    const { manifest } = createArtifact(PARTS);
    const linked = [
      "PreSnapshot",
      "PostSnapshot",
      "StartStaging",
      "StopStaging",
      "Status",
      "Worker",
      "MountSpecification",
      "SourceSize",
      "PrepareSnapshot",
    ];
    const virtual = [
      "Configure",
      "Unconfigure",
      "Reconfigure",
      "Cleanup",
      "Start",
      "Stop",
      "PreSnapshot",
      "PostSnapshot",
      "MountSpecification",
      "Status",
      "SourceSize",
      "PrepareSnapshot",
    ];
    expect(Object.keys(manifest).sort()).toEqual(
      [
        ...["type", "migrationIdList", "hasRepositoryDiscovery", "hasSourceConfigDiscovery", "hasInitialize"],
        ...linked.map((name) => `hasLinked${name}`),
        ...virtual.map((name) => `hasVirtual${name}`),
      ].sort(),
    );
    expect(manifest).toMatchObject({
      type: "PluginManifest",
      migrationIdList: ["1.1", "1.2"],
      hasLinkedPostSnapshot: true,
      hasVirtualStart: false,
    });
  });

  it("has the optional members only where they are set", () => {
    const artifact = createArtifact({ ...PARTS, externalVersion: "spring", lua: { name: "old", minimumVersion: "1.0" } });
    expect(artifact).toMatchObject({ externalVersion: "spring", luaName: "old", minimumLuaVersion: "1.0" });
  });

  it("is read back as it was written", () => {
    const flags = { hasManualDiscovery: fc.boolean(), isRootSquashEnabled: fc.boolean(), hasExtendedStartStopHooks: fc.boolean() };
    const pluginType = fc.constantFrom("DIRECT" as const, "STAGED" as const);
    const changes = fc.record({ ...flags, pluginType, name: fc.string({ minLength: 1 }).filter((name) => name.trim() !== "") });
    fc.assert(
      fc.property(changes, fc.subarray([...OPERATION_NAMES]), (change, wanted) => {
        const operations = wanted.filter((operation) => operationTable(change.pluginType)[operation] !== undefined);
        const parts: PluginParts = { ...PARTS, ...change, operations };
        const { parts: read, warnings } = parseArtifact(encoder.encode(formatArtifact(createArtifact(parts))));
        expect({ ...read, operations: [...read.operations].sort() }).toEqual({ ...parts, operations: [...operations].sort() });
        expect(warnings).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it("is the same text for the same parts, indented by four", () => {
    const text = formatArtifact(createArtifact(PARTS));
    expect(formatArtifact(createArtifact({ ...PARTS }))).toBe(text);
    expect(text.split("\n")[1]).toBe('    "type": "Plugin",');
  });

  it("tells claimed operations that the plugin's type does not have from its own", () => {
    const artifact = createArtifact(PARTS);
    const manifest = { ...artifact.manifest, hasLinkedWorker: true, hasLinkedStatus: true };
    const { parts, foreignOperations, warnings } = parseArtifact(bytesOf({ ...artifact, manifest }));
    expect([...foreignOperations].sort()).toEqual(["linked.status", "linked.worker"]);
    expect(parts.operations).toEqual(PARTS.operations);
    expect(warnings).toEqual([]);
  });

  it("whose manifest claims what nobody knows is accepted with a warning", () => {
    const artifact = createArtifact(PARTS);
    const claims = { hasBogus: true, hasSense: false, hasty: "yes", colour: true };
    const { parts, warnings } = parseArtifact(bytesOf({ ...artifact, manifest: { ...artifact.manifest, ...claims } }));
    expect(parts.operations).toEqual(PARTS.operations);
    expect(warnings).toEqual([
      { where: "manifest.hasBogus", message: "says that an operation is implemented which this engine does not know" },
    ]);
  });

  it("of the public tool, with members that mean nothing to us, is accepted", () => {
    const artifact = {
      ...createArtifact({ ...PARTS, language: "PYTHON38" }),
      snapshotParametersDefinition: undefined,
      buildNumber: undefined,
      version: "1.0.0",
      extra: 1,
    };
    const { parts, warnings } = parseArtifact(bytesOf(artifact));
    expect(parts).toMatchObject({ buildNumber: "1", language: "PYTHON38" });
    expect(warnings.map(({ where }) => where)).toEqual(["version", "snapshotParametersDefinition"]);
  });

  it.each([
    ["pluginId", "x", /pluginId: must be a UUID/],
    ["pluginId", undefined, /pluginId: is missing/],
    ["language", "LUA", /language: must be one of/],
    ["hostTypes", ["UNIX", "WINDOWS"], /hostTypes: must be a list of exactly one/],
    ["entryPoint", 3, /entryPoint: must be a string/],
    ["buildNumber", "0", /buildNumber: must be/],
    ["buildNumber", 1, /buildNumber: must be a string/],
    ["rootSquashEnabled", "yes", /rootSquashEnabled: must be true or false/],
    ["sourceCode", undefined, /sourceCode: must be a zip in base64/],
    ["sourceCode", "not base64!", /sourceCode: must be a zip in base64/],
    ["sourceCode", "abc", /sourceCode: must be a zip in base64/],
    ["linkedSourceDefinition", { type: "ToolkitLinkedDirectSource", parameters: {} }, /linkedSourceDefinition\.type: must be one of/],
    ["virtualSourceDefinition", [], /virtualSourceDefinition: must be an object/],
    ["virtualSourceDefinition", {}, /virtualSourceDefinition: is missing/],
    ["discoveryDefinition", {}, /repositoryDefinition/],
    ["snapshotSchema", { type: "array" }, /snapshotDefinition: must have "type": "object"/],
    ["manifest", null, /manifest: must be an object/],
    ["manifest", { migrationIdList: [1] }, /migrationIdList: must be a list of strings/],
    ["manifest", { migrationIdList: ["1.0", "1"] }, /are the same number/],
    ["manifest", { migrationIdList: ["x"] }, /is no migration id/],
    ["engineApi", "1.11.16", /engineApi of the plugin My files 1\.2 is no version/],
    ["buildApi", { major: 1, minor: -1, micro: 0 }, /buildApi of the plugin My files 1\.2 is no version/],
  ])("whose %s is %j is refused", (member, value, reason) => {
    const error = refusal(bytesOf({ ...createArtifact(PARTS), [member]: value }));
    expect(error.code).toBe("PLUGIN_INVALID");
    expect(error.message).toMatch(reason);
  });

  it("names the plugin, its version and every place that is wrong", () => {
    const artifact = { ...createArtifact(PARTS), language: "COBOL", snapshotSchema: {} };
    expect(refusal(bytesOf(artifact)).message).toMatch(/^plugin My files 1\.2: language: must be one of/);
    expect(refusal(bytesOf({ ...artifact, language: "TYPESCRIPT" })).message).toBe(
      'plugin My files 1.2: snapshotDefinition: must have "type": "object".',
    );
    const ids = { migrationIdList: ["1.0", "1"] };
    expect(refusal(bytesOf({ ...artifact, name: undefined, pluginId: "x", manifest: ids })).message.split("\n")).toEqual(
      expect.arrayContaining([expect.stringMatching(/^plugin x 1\.2: manifest\.migrationIdList: .*are the same number/) as string]),
    );
  });

  it("whose discovered objects are told apart by a secret is refused", () => {
    const artifact = createArtifact(PARTS);
    const sourceConfigSchema = {
      type: "object",
      properties: { name: { type: "object", properties: { pin: { type: "string", format: "password" } } } },
    };
    const discoveryDefinition = { ...artifact.discoveryDefinition, sourceConfigSchema };
    expect(refusal(bytesOf({ ...artifact, discoveryDefinition })).message).toMatch(
      /identityFields: names "name", which is secret or holds a secret/,
    );
  });

  it.each([
    [{ major: 1, minor: 11, micro: 17 }, false],
    [{ major: 1, minor: 12, micro: 0 }, false],
    [{ major: 2, minor: 0, micro: 0 }, false],
    [{ major: 1, minor: 11, micro: 16 }, true],
    [{ major: 1, minor: 9, micro: 99 }, true],
    [undefined, true],
  ])("for the engine API %j: accepted is %s", (engineApi, isAccepted) => {
    const bytes = bytesOf({ ...createArtifact(PARTS), engineApi });
    if (isAccepted) expect(parseArtifact(bytes).parts.name).toBe("My files");
    else expect(refusal(bytes).code).toBe("PLUGIN_REFUSED");
  });

  it.each([
    ["1.0.0, of the first public tool", { major: 1, minor: 0, micro: 0 }, true],
    ["1.2.0, of a later one", { major: 1, minor: 2, micro: 0 }, true],
    ["1.11.16, the engine's own", { major: 1, minor: 11, micro: 16 }, true],
    ["1.12.0, newer than the engine's", { major: 1, minor: 12, micro: 0 }, true],
    ["0.9.0", { major: 0, minor: 9, micro: 0 }, false],
    ["2.0.0", { major: 2, minor: 0, micro: 0 }, false],
    ["none", undefined, true],
  ])("built for the API %s %j: accepted is %s", (label, buildApi, isAccepted) => {
    const bytes = bytesOf({ ...createArtifact(PARTS), buildApi: buildApi && { type: "APIVersion", ...buildApi } });
    if (isAccepted) expect(parseArtifact(bytes).parts.name).toBe("My files");
    else {
      const message = `The plugin My files 1.2 was built for the API ${label}, which this engine, of 1.11.16, does not know.`;
      expect(refusal(bytes)).toMatchObject({ code: "PLUGIN_REFUSED", message, details: { buildApi: label, newest: "1.11.16" } });
    }
  });

  it.each([
    ["", "not JSON"],
    ["{", "not JSON"],
    ["[]", "no artifact"],
    ["{}", "no artifact"],
    ['{"type":"Toolkit"}', 'of type "Toolkit"'],
  ])("is not the text %j", (text, reason) => {
    expect(refusal(encoder.encode(text)).message).toContain(reason);
  });

  it("is refused beyond its size limit before anything is read", () => {
    expect(refusal(new Uint8Array(64 * 1024 * 1024 + 1)).code).toBe("TOO_LARGE");
  });

  it("is accepted or refused with an error of ours, whatever it holds", () => {
    const artifact = createArtifact(PARTS);
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(artifact)), fc.jsonValue(), (member, value) => {
        try {
          expect(parseArtifact(bytesOf({ ...artifact, [member]: value })).parts.pluginId).toMatch(/^[0-9a-f-]{36}$/);
        } catch (thrown) {
          expect(["PLUGIN_INVALID", "PLUGIN_REFUSED"]).toContain(EngineError.from(thrown).code);
        }
      }),
    );
  });
});
