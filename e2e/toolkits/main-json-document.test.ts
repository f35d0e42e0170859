import { join } from "node:path";
import { listAll } from "@opendvp/client";
import { HAS_SEEDS, mainJsonRows, mainJsonWithArrays, seed } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEngineUnderTest, uploadArtifact, type EngineUnderTest } from "../engine-under-test/index.ts";
import { changedArtifact } from "./changed-artifact.ts";
import { buildDelphixdbToolkit } from "./delphixdb-builds.ts";
import { dvp, uploadToolkit, uploadToolkitAsOfOld } from "./upload-toolkit.ts";

/** The sentences are titles; each test fails where the document says something else. */
describe.skipIf(!HAS_SEEDS)("what the document on main.json says, on an engine (needs ../shared)", { timeout: 60_000 }, () => {
  let engine: EngineUnderTest;
  let artifact: string;

  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "copy" });
    artifact = await buildDelphixdbToolkit(mainJsonWithArrays(), join(engine.directory, "toolkit"));
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  const document = (): string => seed("Basic main.json");
  const shown = () => engine.client.plugins.show({ params: { pluginId: "delphixdb" } });
  const OF_1_7 = { buildApi: { type: "APIVersion", major: 1, minor: 7, micro: 0 } };
  const warningsOf = async (changes: Readonly<Record<string, unknown>>): Promise<readonly string[]> =>
    (await uploadArtifact(engine, await changedArtifact(artifact, "warned", changes))).warnings;

  it("a toolkit built with Delphix version 1.7.0 … will be uploaded via a 1.7.0 session. It will go through translation … to conform to the current version", async () => {
    expect(document()).toContain("will be uploaded via a 1.7.0 session. It will go through translation from 1.7.0 -> 1.8.0 -> 1.9.0");
    expect(await uploadToolkitAsOfOld(engine, await changedArtifact(artifact, "of-1.7.0", OF_1_7))).toMatchObject({ exitCode: 0, err: "" });
    const { schemas } = await shown();
    // Its lists of parameters have become schemas.
    expect(schemas.virtualSourceDefinition).toMatchObject({
      type: "object",
      additionalProperties: false,
      properties: { port: { type: "integer", default: 1234 }, dbName: { type: "string", default: "vdb" } },
    });
    // A member that the engine made its own in 1.11: the translation takes it out, and says so. A toolkit of today is not translated.
    expect(await warningsOf({ displayName: "Other", ...OF_1_7 })).toEqual([
      "displayName: is the engine's to say since 1.11, and thus left out.",
    ]);
    expect(await warningsOf({ displayName: "Other" })).toEqual([]);
  });

  it("file specifies a toolkit's type and name, the set of parameters users must fill in when capturing or provisioning data, and schemas for discovering data", async () => {
    expect(document()).toContain(
      "file specifies a toolkit's type and name, the set of parameters users must fill in when capturing or provisioning data, and schemas for discovering data.",
    );
    const { schemas, kind, name } = await shown();
    expect({ kind, name }).toEqual({ kind: "TOOLKIT", name: "delphixdb" });
    const properties = Object.fromEntries(
      Object.entries(schemas).map(([definition, schema]) => [definition, Object.keys(schema["properties"] ?? {})]),
    );
    expect(properties).toEqual({
      repositoryDefinition: ["installPath", "version"],
      sourceConfigDefinition: ["dataPath", "port", "dbName"],
      linkedSourceDefinition: ["primaryDbName", "stagingDbName", "stagingPort"],
      virtualSourceDefinition: ["port", "dbName"],
      snapshotDefinition: ["snapshotID"],
      snapshotParametersDefinition: ["resync"],
    });
  });

  it("name: This name will uniquely identify the toolkit. prettyName: The name of the toolkit as displayed", async () => {
    expect(mainJsonRows().get("name")?.description).toContain("This name will uniquely identify the toolkit.");
    expect(mainJsonRows().get("prettyName")?.description).toContain(
      "The name of the toolkit as displayed in the Delphix Management application.",
    );
    expect((await dvp(engine, "plugin", "show", "delphixdb")).out).toMatch(/^Displayed as +DelphixDB$/m);
    const { id } = await shown();
    expect(await uploadToolkit(engine, await changedArtifact(artifact, "other", { prettyName: 'Délphix "DB" <2> 數據庫' }))).toBe(id);
    expect(await listAll((query) => engine.client.plugins.list({ query }))).toHaveLength(1);
    expect((await dvp(engine, "plugin", "show", "delphixdb")).out).toContain('Délphix "DB" <2> 數據庫');
  });

  it('version: For example: "1.0.0" or "1.0.DLPX_HOTFIX-123".', async () => {
    expect(mainJsonRows().get("version")?.description).toContain('For example: "1.0.0" or "1.0.DLPX_HOTFIX-123".');
    expect((await shown()).build_number).toBe("1.0.0");
    await uploadToolkit(engine, await changedArtifact(artifact, "hotfix", { version: "1.0.DLPX_HOTFIX-123" }));
    expect((await shown()).build_number).toBe("1.0.DLPX_HOTFIX-123");
  });

  it("hostTypes: The types of hosts compatible with the scripts in the toolkit.", async () => {
    expect(mainJsonRows().get("hostTypes")?.description).toContain("The types of hosts compatible with the scripts in the toolkit.");
    const version = "1.0.1";
    await uploadToolkit(engine, await changedArtifact(artifact, "both", { version, hostTypes: ["UNIX", "WINDOWS"] }));
    expect((await shown()).host_types).toEqual(["UNIX", "WINDOWS"]);
    const { exitCode, err } = await dvp(
      engine,
      "toolkit",
      "upload",
      await changedArtifact(artifact, "windows", { hostTypes: ["WINDOWS"] }),
    );
    expect(exitCode).not.toBe(0);
    expect(err).toContain("DelphixDB 1.0.0 is for Windows hosts, which the engine cannot reach by now.");
    expect((await shown()).host_types).toEqual(["UNIX", "WINDOWS"]);
  });
});
