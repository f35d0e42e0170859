import { describe, expect, it } from "vitest";
import { inspectToolkit, parseToolkitArtifact, type JsonObject } from "../../src/index.ts";
import { HAS_SEEDS, mainJsonWithArrays, mainJsonWithSchemas, seed } from "@opendvp/testkit";

const API = { type: "APIVersion", major: 1, minor: 7, micro: 0 };

/** A main.json with the two scripts without which a toolkit cannot be built. */
function built(text: string): JsonObject {
  const main = JSON.parse(text) as JsonObject;
  const scripts = { repositoryDiscovery: "return {}", sourceConfigDiscovery: "return {}" };
  return { ...main, buildApi: API, resources: {}, discoveryDefinition: { ...(main["discoveryDefinition"] as JsonObject), ...scripts } };
}

describe.skipIf(!HAS_SEEDS)("the two main.json files of the same toolkit", () => {
  it("are both accepted, the one with its braces restored and the one with lists of parameters", () => {
    for (const text of [mainJsonWithSchemas(), mainJsonWithArrays()]) {
      const { parts, warnings } = parseToolkitArtifact(built(text));
      expect(warnings).toEqual([]);
      expect(parts).toMatchObject({
        kind: "TOOLKIT",
        pluginId: "delphixdb",
        prettyName: "DelphixDB",
        buildNumber: "1.0.0",
        pluginType: "STAGED",
      });
      expect(parts.repository).toEqual({ identityFields: ["installPath"], nameField: "installPath" });
    }
  });

  it("make the same schemas, but for what the lists always say and the one schema does not", () => {
    const [withSchemas, withArrays] = [mainJsonWithSchemas(), mainJsonWithArrays()].map(
      (text) => parseToolkitArtifact(built(text)).parts.schemas,
    );
    const closed = Object.entries(withSchemas ?? {}).map(([name, schema]) => [name, { ...schema, additionalProperties: false }]);
    const { linkedSourceDefinition, snapshotParametersDefinition, ...rest } = Object.fromEntries(closed) as Record<string, JsonObject>;
    expect(withArrays).toMatchObject(rest);
    expect(snapshotParametersDefinition).toBeDefined();
    // The listing gives stagingDbName no default.
    const properties = (withArrays?.linkedSourceDefinition["properties"] ?? {}) as Record<string, JsonObject>;
    const { default: preset, ...stagingDbName } = properties["stagingDbName"] ?? {};
    expect(preset).toBe("stagingDB");
    expect({ ...properties, stagingDbName }).toEqual((linkedSourceDefinition as unknown as { properties: JsonObject }).properties);
  });

  it('convert defaults, which are texts in the lists, to the type of their parameter: "1234" is 1234', () => {
    const { parts } = parseToolkitArtifact(built(mainJsonWithArrays()));
    expect(parts.schemas.virtualSourceDefinition["properties"]).toEqual({
      port: { type: "integer", prettyName: "Port", description: "Port that provisioned database should use.", default: 1234 },
      dbName: { type: "string", prettyName: "Database Name", description: "Name to use for newly provisioned database.", default: "vdb" },
    });
  });

  it("may be mixed: each position is a list or a schema by itself", () => {
    const [withSchemas, withArrays] = [built(mainJsonWithSchemas()), built(mainJsonWithArrays())];
    for (const member of ["discoveryDefinition", "linkedSourceDefinition", "virtualSourceDefinition", "snapshotSchema"]) {
      expect(inspectToolkit({ ...withSchemas, [member]: withArrays[member] }).problems).toEqual([]);
      expect(inspectToolkit({ ...withArrays, [member]: withSchemas[member] }).problems).toEqual([]);
    }
  });
});

describe.skipIf(!HAS_SEEDS)("what the document on main.json says of the build API", () => {
  it('it defines "what version … this toolkit was built for"', () => {
    expect(seed("Basic main.json")).toContain("define what version of the Delphix Engine this toolkit was built for.");
    const { artifact, buildApi } = parseToolkitArtifact(built(mainJsonWithArrays()), { type: "APIVersion", major: 1, minor: 7, micro: 0 });
    expect(buildApi).toEqual({ type: "APIVersion", major: 1, minor: 7, micro: 0 });
    // What has been translated is as if it was built for this engine.
    expect(artifact.buildApi).toEqual({ type: "APIVersion", major: 1, minor: 11, micro: 16 });
  });

  it('it leads through "the appropriate translation logic": the same members mean another thing by their build API', () => {
    expect(seed("Basic main.json")).toContain("ensures that the toolkit will go through the appropriate translation logic");
    const read = (minor: number) => {
      const main = built(mainJsonWithArrays());
      const virtualSourceDefinition = { ...(main["virtualSourceDefinition"] as JsonObject), provision: "provide()" };
      const buildApi = { type: "APIVersion", major: 1, minor, micro: 0 };
      const { artifact, warnings } = parseToolkitArtifact({ ...main, virtualSourceDefinition, displayName: "DelphixDB", buildApi });
      return { configure: artifact.virtualSourceDefinition["configure"], warned: warnings.map(({ where }) => where) };
    };
    // Provision is an operation up to 1.6, and the engine's name for a toolkit a member of it up to 1.10.
    const provision = "virtualSourceDefinition.provision";
    expect(read(6)).toEqual({ configure: expect.stringContaining("provide()") as string, warned: [provision, "displayName"] });
    expect(read(7)).toEqual({ configure: "return {}", warned: ["displayName", provision] });
    expect(read(11)).toEqual({ configure: "return {}", warned: [provision] });
  });

  it("is refused by a session of another version than its build API's", () => {
    expect(seed("Basic main.json")).toContain(
      "the script will create a session with the Delphix Engine that has the same version as the Build API",
    );
    const session = { type: "APIVersion", major: 1, minor: 9, micro: 0 } as const;
    expect(() => parseToolkitArtifact(built(mainJsonWithArrays()), session)).toThrow(
      /built for the API 1\.7\.0, but the session was opened for 1\.9\.0/,
    );
  });
});
