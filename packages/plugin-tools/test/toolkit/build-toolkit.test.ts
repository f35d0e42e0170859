import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseToolkitArtifact, type JsonObject } from "@opendvp/model";
import {
  DISCOVERY_FILES,
  HAS_SEEDS,
  MAIN_JSON,
  seed,
  mainJsonWithArrays,
  mainJsonRows,
  mainJsonWithSchemas,
  toolkitDirectory,
  toolkitFiles,
} from "@opendvp/testkit";
import { describe, expect, it } from "vitest";
import { buildToolkit, checkToolkit } from "../../src/index.ts";
import { lines, readJson } from "./read-built.ts";

async function built(files: Readonly<Record<string, string | Uint8Array>>): Promise<JsonObject> {
  const { artifact } = await buildToolkit({ sourceDirectory: await toolkitDirectory(files) });
  return readJson(artifact.file);
}

describe("a toolkit that is built", () => {
  it("is main.json as it stands, with its scripts, resources, messages and buildApi", async () => {
    const artifact = await built(
      toolkitFiles({
        "staged/resync.lua": "resync()\n",
        "staged/postSnapshot.lua": "return { id = 1 }\n",
        "virtual/start.lua": "# Copyright\nstart()\n",
        "resources/lib/deep/a.sh": "true\n",
        "resources/b.sql": "",
        "messages/en-us.txt": "hello=Hello\n",
        "messages/fr.txt": "hello=Bonjour\n",
      }),
    );
    expect(artifact).toMatchObject({ ...MAIN_JSON, buildApi: { type: "APIVersion", major: 1, minor: 11, micro: 16 } });
    expect(artifact["discoveryDefinition"]).toMatchObject({ repositoryDiscovery: DISCOVERY_FILES["discovery/repositoryDiscovery.lua"] });
    expect(artifact["resources"]).toEqual({ "b.sql": "", "lib/deep/a.sh": "true\n" });
    expect(artifact["messages"]).toEqual([
      { type: "ToolkitLocale", localeName: "en-us", messages: { hello: "Hello" } },
      { type: "ToolkitLocale", localeName: "fr", messages: { hello: "Bonjour" } },
    ]);
    expect(artifact["linkedSourceDefinition"]).toEqual({
      ...MAIN_JSON.linkedSourceDefinition,
      resync: "resync()\n",
      startStaging: "",
      stopStaging: "",
      preSnapshot: "",
      postSnapshot: "return { id = 1 }\n",
      status: "",
      worker: "",
    });
  });

  it('has "" for a script that is absent, "return {}" where a result is needed, and nothing for an optional one', async () => {
    const { virtualSourceDefinition } = await built(toolkitFiles());
    expect(virtualSourceDefinition).toEqual({
      ...MAIN_JSON.virtualSourceDefinition,
      configure: "return {}",
      unconfigure: "",
      reconfigure: "return {}",
      start: "",
      stop: "",
      preSnapshot: "",
      postSnapshot: "return {}",
      status: "",
    });
  });

  it("is accepted by the engine's own reader, and gives the parts that the build names", async () => {
    const directory = await toolkitDirectory(toolkitFiles({ "virtual/initialize.lua": "return {}" }));
    const { parts, artifact, warnings } = await buildToolkit({ sourceDirectory: directory });
    expect(warnings).toEqual([]);
    expect(artifact.file).toBe(join(directory, "artifact.json"));
    expect(parseToolkitArtifact(await readJson(artifact.file)).parts).toEqual(parts);
    expect(parts.operations).toContain("virtual.initialize");
  });

  it("upgrades from the one release in upgrade/", async () => {
    const upgrade = Object.fromEntries(
      ["upgradeSnapshot", "upgradeVirtualSource", "upgradeLinkedSource", "upgradeSourceConfig"].map((name) => [
        `upgrade/1.0/${name}.lua`,
        `return ${name}`,
      ]),
    );
    const artifact = await built(toolkitFiles(upgrade, { version: "2.0.0" }));
    expect(artifact["upgradeDefinition"]).toEqual({
      type: "ToolkitUpgradeDefinition",
      fromVersion: "1.0.0",
      upgradeSnapshot: "return upgradeSnapshot",
      upgradeVirtualSource: "return upgradeVirtualSource",
      upgradeLinkedSource: "return upgradeLinkedSource",
      upgradeManualSourceConfig: "return upgradeSourceConfig",
    });
  });

  it("is the same, byte for byte, when it is built again, and leaves out what it was built into before", async () => {
    const directory = await toolkitDirectory(toolkitFiles({ "resources/z": "1", "resources/a": "2", "README.md": "about" }));
    const first = await buildToolkit({ sourceDirectory: directory });
    const text = await readFile(first.artifact.file, "utf8");
    const other = await buildToolkit({ sourceDirectory: directory, artifactFile: join(dirname(directory), "out", "x.json") });
    expect(await readFile(other.artifact.file, "utf8")).toBe(text);
    expect(text).not.toContain("about");
  });

  it("does not contain hidden files and directories", async () => {
    const hidden = {
      ".DS_Store": "x",
      "resources/.DS_Store": "x",
      "resources/.git/config": "x",
      "virtual/.start.lua.swp": "x",
      "upgrade/.DS_Store/x": "x",
    };
    const directory = await toolkitDirectory(toolkitFiles({ ...hidden, "upgrade/1.0/upgradeSnapshot.lua": "return 1" }));
    const { problems } = await checkToolkit(directory);
    // The hidden directory below upgrade counts as little as any other.
    expect(lines(problems).join("\n")).not.toContain("exactly one directory");
    const artifact = await built(toolkitFiles({ "resources/.DS_Store": new Uint8Array([0xff]), "virtual/.start.lua.swp": "x" }));
    expect(artifact["resources"]).toEqual({});
  });

  it("takes a link to a file for that file, and leaves out other links with a warning", async () => {
    const directory = await toolkitDirectory(toolkitFiles({ "resources/a.sh": "true" }));
    await symlink("a.sh", join(directory, "resources/b.sh"));
    await symlink("..", join(directory, "resources/up"));
    const { artifact, warnings } = await buildToolkit({ sourceDirectory: directory });
    expect((await readJson(artifact.file))["resources"]).toEqual({ "a.sh": "true", "b.sh": "true" });
    expect(lines(warnings)).toEqual(["resources/up: is no regular file, and is left out."]);
  });
});

describe("the oldest names of files", () => {
  const direct = { linkedSourceDefinition: { type: "ToolkitLinkedDirectSource", parameters: [] } };

  it("preSync and postSync are preSnapshot and postSnapshot", async () => {
    const artifact = await built(toolkitFiles({ "direct/preSync.lua": "RunSync {}", "direct/postSync.lua": "return { a = 1 }" }, direct));
    expect(artifact["linkedSourceDefinition"]).toMatchObject({ preSnapshot: "RunSync {}", postSnapshot: "return { a = 1 }" });
  });

  it("provision is configure and reconfigure, status.sh and status.ps1 are the Lua status", async () => {
    const directory = await toolkitDirectory(
      toolkitFiles({ "virtual/provision.lua": "provide()", "virtual/status.sh": "exit 128\n", "virtual/status.ps1": "exit 0\n" }),
    );
    const { artifact, warnings } = await buildToolkit({ sourceDirectory: directory });
    const virtual = (await readJson(artifact.file))["virtualSourceDefinition"] as Record<string, string>;
    expect(virtual["configure"]).toContain("provide()");
    expect(virtual["reconfigure"]).toBe(virtual["configure"]);
    expect(virtual["status"]).toMatch(
      /^if source\.osType == "WINDOWS" then\nreturn RunPowerShell \{[^]*exit 0[^]*end\nreturn RunBash \{[^]*exit 128/,
    );
    expect(lines(warnings)).toContain(
      "virtual/provision.lua: has a name of former times; it is taken as configure. Write virtual/configure.lua instead.",
    );
  });

  it("count for nothing where the current one is there", async () => {
    const directory = await toolkitDirectory(toolkitFiles({ "direct/preSync.lua": "old()", "direct/preSnapshot.lua": "new()" }, direct));
    const { artifact, warnings } = await buildToolkit({ sourceDirectory: directory });
    expect((await readJson(artifact.file))["linkedSourceDefinition"]).toMatchObject({ preSnapshot: "new()" });
    expect(lines(warnings)).toEqual(["direct/preSync.lua: is an old form of preSnapshot, which is there too, and is left out."]);
  });
});

describe.skipIf(!HAS_SEEDS)("the main.json files of the documents", () => {
  it.each([
    ["with schemas", mainJsonWithSchemas],
    ["with lists of parameters", mainJsonWithArrays],
  ])("the one %s builds as it stands, in a directory of its toolkit's name", async (_kind, text) => {
    const directory = await toolkitDirectory({ "main.json": text(), ...DISCOVERY_FILES }, "delphixdb");
    const { parts, artifact, warnings } = await buildToolkit({ sourceDirectory: directory });
    expect(warnings).toEqual([]);
    expect(parts).toMatchObject({ name: "delphixdb", buildNumber: "1.0.0", pluginType: "STAGED" });
    expect(await readJson(artifact.file)).toMatchObject(JSON.parse(text()) as object);
  });

  it('are given a build API that says "what version … this toolkit was built for", over whatever the author has written', async () => {
    expect(seed("Basic main.json")).toContain("define what version of the Delphix Engine this toolkit was built for.");
    const main = { ...(JSON.parse(mainJsonWithSchemas()) as JsonObject), buildApi: { type: "APIVersion", major: 9, minor: 9, micro: 9 } };
    const directory = await toolkitDirectory({ "main.json": JSON.stringify(main), ...DISCOVERY_FILES }, "delphixdb");
    const { artifact, warnings } = await buildToolkit({ sourceDirectory: directory });
    expect((await readJson(artifact.file))["buildApi"]).toEqual({ type: "APIVersion", major: 1, minor: 11, micro: 16 });
    expect(lines(warnings)).toEqual([expect.stringMatching(/buildApi: is added by the build/)]);
  });

  it("name: must match the name of the toolkit's root directory", async () => {
    expect(mainJsonRows().get("name")?.description).toContain("Must match the name of the toolkit's root directory.");
    const directory = await toolkitDirectory({ "main.json": mainJsonWithSchemas(), ...DISCOVERY_FILES }, "delphix");
    expect(lines((await checkToolkit(directory)).problems)).toEqual([
      'main.json:3: name: is "delphixdb", but the toolkit\'s directory is called "delphix". Give both the same name.',
    ]);
  });
});

describe("what cannot be built", () => {
  it("leaves the former artifact as it was", async () => {
    const directory = await toolkitDirectory(toolkitFiles());
    const { artifact } = await buildToolkit({ sourceDirectory: directory });
    const before = await readFile(artifact.file, "utf8");
    await mkdir(join(directory, "virtual"));
    await writeFile(join(directory, "virtual/start.lua"), "x = = 1");
    await expect(buildToolkit({ sourceDirectory: directory })).rejects.toMatchObject({
      code: "PLUGIN_INVALID",
      message: "virtual/start.lua:1: is no valid Lua: unexpected symbol near '='.",
    });
    expect(await readFile(artifact.file, "utf8")).toBe(before);
  });

  it("is a directory without main.json", async () => {
    await expect(buildToolkit({ sourceDirectory: "/nowhere" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
