import { readFile, rm } from "node:fs/promises";
import { formatProblem, parseArtifact } from "@opendvp/model";
import { describe, expect, it } from "vitest";
import { buildPlugin } from "../../src/index.ts";
import { PluginSandbox } from "../plugin-sandbox.ts";

describe("an artifact that was built", () => {
  it("is one that an engine accepts, and says what the plugin implements", async () => {
    await using sandbox = await PluginSandbox.withPlugin("STAGED");
    const built = await buildPlugin({ configFile: sandbox.configFile, artifactFile: sandbox.path("out/plugin.json"), typeCheck: false });
    expect(built.artifact?.file).toBe(sandbox.path("out/plugin.json"));
    const { parts, warnings } = parseArtifact(await readFile(sandbox.path("out/plugin.json")));
    expect(warnings).toEqual([]);
    expect(parts).toMatchObject({
      name: "My files",
      language: "TYPESCRIPT",
      pluginType: "STAGED",
      buildNumber: "0.1",
      entryPoint: "plugin:plugin",
    });
    expect([...parts.operations].sort()).toEqual([...(built.artifact?.operations ?? [])].sort());
    expect(parts.operations).toContain("linked.startStaging");
  });

  it("is the same, byte for byte, wherever and however often it is built", async () => {
    await using here = await PluginSandbox.withPlugin("DIRECT");
    await using there = await PluginSandbox.withPlugin("DIRECT");
    await there.write("plugin_config.yml", await here.read("plugin_config.yml"));
    for (const sandbox of [here, there]) await buildPlugin({ configFile: sandbox.configFile, typeCheck: false });
    const first = await here.read("artifact.json");
    expect(await there.read("artifact.json")).toBe(first);
    expect(first).not.toContain(here.directory);
    await rm(here.path("artifact.json"));
    await rm(here.path("src/generated"), { recursive: true });
    await buildPlugin({ configFile: here.configFile });
    expect(await here.read("artifact.json")).toBe(first);
  });

  it("stays as it was when a later build fails", async () => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT");
    await buildPlugin({ configFile: sandbox.configFile, typeCheck: false });
    const former = await sandbox.read("artifact.json");
    await sandbox.replace("src/plugin.ts", "export const plugin", 'throw new Error("broken");\nexport const plugin');
    await expect(buildPlugin({ configFile: sandbox.configFile, typeCheck: false })).rejects.toMatchObject({ code: "PLUGIN_INVALID" });
    expect(await sandbox.read("artifact.json")).toBe(former);
  });

  it("carries data migrations in the order in which they run", async () => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT");
    const migrations = ["1.10", "1.9", "01.2.0"].map((id) => `plugin.upgrade.repository("${id}", ({ oldRepository }) => oldRepository);\n`);
    await sandbox.write("src/plugin.ts", (await sandbox.read("src/plugin.ts")) + migrations.join(""));
    const { artifact } = await buildPlugin({ configFile: sandbox.configFile });
    expect(artifact?.migrationIds).toEqual(["1.2", "1.9", "1.10"]);
  });

  it("is not written when only code is to be generated", async () => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT");
    await sandbox.replace("src/plugin.ts", "export const plugin", "this is not TypeScript; export const plugin");
    const { artifact, generated } = await buildPlugin({ configFile: sandbox.configFile, generateOnly: true });
    expect(artifact).toBeUndefined();
    expect(await readFile(generated.definitionsFile, "utf8")).toContain("export interface Definitions");
    await expect(sandbox.read("artifact.json")).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("the type check", () => {
  const mistakes: readonly (readonly [what: string, former: string, next: string, reason: RegExp])[] = [
    ["a misspelled name in a result", '[{ name: "Directories" }]', '[{ nmae: "Directories" }]', /TS\d+: .*nmae|TS\d+: .*name/s],
    ["a name too many in a result", '[{ name: "Directories" }]', '[{ name: "Directories", version: "1" }]', /TS\d+/],
    ["a misspelled parameter", "directSource.parameters.excludes", "directSource.parameters.exclude", /'exclude' does not exist/],
    ["a misspelled property of a source config", "sourceConfig.path };", "sourceConfig.pth };", /'pth' does not exist/],
    ["a misspelled operation", "plugin.virtual.configure(", "plugin.virtual.configur(", /'configur' does not exist/],
    [
      "an operation of the other plugin type",
      "plugin.linked.postSnapshot(",
      "plugin.linked.startStaging(() => undefined);\nplugin.linked.postSnapshot(",
      /'startStaging' does not exist/,
    ],
    [
      "an undefined name",
      "virtualSource.parameters;\n  return",
      "virtualSource.parameters;\n  console.log(nothing);\n  return",
      /Cannot find name 'nothing'/,
    ],
  ];

  it.each(mistakes)("refuses %s, with file and line", async (_, ...[former, next, reason]) => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT");
    await sandbox.replace("src/plugin.ts", former, next);
    const attempt = buildPlugin({ configFile: sandbox.configFile });
    await expect(attempt).rejects.toMatchObject({ code: "PLUGIN_INVALID" });
    await expect(attempt).rejects.toThrow(/^src\/plugin\.ts:\d+: TS\d+/);
    await expect(attempt).rejects.toThrow(reason);
  });

  it("can be left out while trying something", async () => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT");
    await sandbox.replace("src/plugin.ts", "sourceConfig.path };", "sourceConfig.pth };");
    expect((await buildPlugin({ configFile: sandbox.configFile, typeCheck: false })).artifact).toBeDefined();
  });

  it("follows the author's own settings, and does without any", async () => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT");
    await sandbox.write("src/loose.ts", "export function loose(value) {\n  return value;\n}\n");
    await sandbox.write("src/plugin.ts", `${await sandbox.read("src/plugin.ts")}export { loose } from "./loose.ts";\n`);
    await expect(buildPlugin({ configFile: sandbox.configFile })).rejects.toThrow(/src\/loose\.ts:1: TS7006/);
    await sandbox.replace("tsconfig.json", '"compilerOptions": {}', '"compilerOptions": { "noImplicitAny": false }');
    await buildPlugin({ configFile: sandbox.configFile });
    await rm(sandbox.path("tsconfig.json"));
    await expect(buildPlugin({ configFile: sandbox.configFile })).rejects.toThrow(/src\/loose\.ts:1: TS7006/);
  });
});

describe("the operations of a plugin", () => {
  it("that are required and missing are warned about, as is start", async () => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT");
    const source = (await sandbox.read("src/plugin.ts"))
      .replace("plugin.virtual.start(() => undefined);", "")
      .replace("plugin.discovery.sourceConfig(() => []);", "");
    await sandbox.write("src/plugin.ts", source);
    const { warnings } = await buildPlugin({ configFile: sandbox.configFile });
    expect(warnings.map(formatProblem)).toEqual([
      expect.stringMatching(/^discovery\.sourceConfig: is required and not implemented/),
      expect.stringMatching(/^virtual\.start: is not implemented: starting a VDB will only mount it/),
    ]);
  });

  it.each([
    [
      "of a plugin of the other type are refused",
      "new DirectPlugin<Definitions>",
      "new StagedPlugin<Definitions>",
      /pluginType DIRECT.*STAGED/,
    ],
    [
      "registered twice are refused",
      "plugin.virtual.stop(() => undefined);",
      "plugin.virtual.stop(() => undefined);\nplugin.virtual.stop(() => undefined);",
      /virtual\.stop/,
    ],
    ["of an object with another name are refused", "export const plugin", "export const other = 1;\nconst plugin", /no 'plugin'/],
    [
      "of what is no plugin are refused",
      "export const plugin = new DirectPlugin<Definitions>();",
      "const real = new DirectPlugin<Definitions>();\nexport { real };\nexport const plugin = Object.assign({}, { discovery: real.discovery, linked: real.linked, virtual: real.virtual });",
      /is no plugin/,
    ],
  ])("%s", async (_, ...[former, next, reason]) => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT");
    await sandbox.replace("src/plugin.ts", "import { DirectPlugin,", "import { DirectPlugin, StagedPlugin,");
    await sandbox.replace("src/plugin.ts", former, next);
    const attempt = buildPlugin({ configFile: sandbox.configFile, typeCheck: false });
    await expect(attempt).rejects.toMatchObject({ code: "PLUGIN_INVALID" });
    await expect(attempt).rejects.toThrow(reason);
  });

  it("are not asked for when the plugin fails to load: what it printed is in the error", async () => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT");
    await sandbox.replace(
      "src/plugin.ts",
      "export const plugin",
      'console.log("about to fail");\nthrow new Error("no luck");\nexport const plugin',
    );
    const attempt = buildPlugin({ configFile: sandbox.configFile, typeCheck: false });
    await expect(attempt).rejects.toThrow(/no luck/);
    await expect(attempt).rejects.toMatchObject({ details: { output: [expect.stringContaining("about to fail")] } });
  });
});

describe("a folder that cannot be built", () => {
  it("for want of a config says how to begin", async () => {
    await using sandbox = await PluginSandbox.empty();
    await expect(buildPlugin({ configFile: sandbox.configFile })).rejects.toMatchObject({
      code: "NOT_FOUND",
      action: expect.stringContaining("dvp init") as string,
    });
  });

  it.each([
    ["language: TYPESCRIPT", "language: RUBY", "PLUGIN_INVALID", /plugin_config\.yml:\d+: language: /],
    ["language: TYPESCRIPT", "language: PYTHON38", "PLUGIN_INVALID", /names the module plugin, but srcDir has none of plugin\.py/],
    [
      "schemaFile: schema.json",
      "schemaFile: elsewhere.json",
      "PLUGIN_INVALID",
      /plugin_config\.yml:\d+: schemaFile: names .*elsewhere\.json, which cannot be read/,
    ],
    ["srcDir: src", "srcDir: sources", "PLUGIN_INVALID", /plugin_config\.yml:\d+: srcDir: names .*sources, which is no directory/],
    [
      "entryPoint: plugin:plugin",
      "entryPoint: main:plugin",
      "PLUGIN_INVALID",
      /plugin_config\.yml:\d+: entryPoint: names the module main, but srcDir has none of main\.ts/,
    ],
    ['buildNumber: "0.1.0"', "buildNumber: 0.1", "PLUGIN_INVALID", /plugin_config\.yml:\d+: buildNumber: .*Quote it: "0\.1"/],
  ])("for %s written as %s is refused", async (former, ...[next, code, reason]) => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT");
    await sandbox.replace("plugin_config.yml", former, next);
    const attempt = buildPlugin({ configFile: sandbox.configFile, typeCheck: false });
    await expect(attempt).rejects.toMatchObject({ code });
    await expect(attempt).rejects.toThrow(reason);
  });

  it("for its schema names the line", async () => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT");
    await sandbox.replace("schema.json", '"nameField": "name"', '"nameField": "nom"');
    await expect(buildPlugin({ configFile: sandbox.configFile })).rejects.toThrow(
      /^schema\.json:\d+: repositoryDefinition\.nameField: names "nom"/,
    );
  });

  it.each([
    ['import { x } from "./missing.ts";', /src\/plugin\.ts:1: .*missing\.ts/],
    ['import { x } from "some-package";', /some-package/],
    ["const = 3;", /src\/plugin\.ts:1: /],
  ])("for the code %j names file and line", async (line, reason) => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT");
    await sandbox.write("src/plugin.ts", `${line}\n${await sandbox.read("src/plugin.ts")}x;\n`);
    await expect(buildPlugin({ configFile: sandbox.configFile, typeCheck: false })).rejects.toThrow(reason);
  });
});
