import { mkdir, readdir, writeFile } from "node:fs/promises";
import { parsePluginConfig, parseSchemas } from "@opendvp/model";
import { describe, expect, it } from "vitest";
import { buildPlugin, initPlugin } from "../../src/index.ts";
import { PluginSandbox } from "../plugin-sandbox.ts";

const REQUEST = { name: "My files", strategy: "DIRECT", hostType: "UNIX", language: "TYPESCRIPT" } as const;

describe("a new plugin", () => {
  it.each(["DIRECT", "STAGED"] as const)("%s keeps every rule and builds at once, without a warning", async (strategy) => {
    await using sandbox = await PluginSandbox.withPlugin(strategy);
    expect(parsePluginConfig(await sandbox.read("plugin_config.yml"))).toMatchObject({
      config: { pluginType: strategy, name: "My files" },
      warnings: [],
    });
    expect(parseSchemas(await sandbox.read("schema.json")).warnings).toEqual([]);
    const { warnings, artifact } = await buildPlugin({ configFile: sandbox.configFile });
    expect(warnings).toEqual([]);
    expect(artifact?.operations).toEqual(
      expect.arrayContaining(["discovery.repository", "linked.postSnapshot", "virtual.configure", "virtual.initialize"]),
    );
  });

  it.each(["/proc/self/nowhere/deep", "/dev/null/below"])("says so where it cannot be written: %s", async (directory) => {
    await expect(initPlugin({ ...REQUEST, directory })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("says what it wrote, and editors find the SDK", async () => {
    await using sandbox = await PluginSandbox.empty();
    const { files, configFile } = await initPlugin({ ...REQUEST, directory: sandbox.path("new/folder") });
    expect([...files].sort()).toEqual([
      ".gitignore",
      "dvp_test.json",
      "package.json",
      "plugin_config.yml",
      "schema.json",
      "src/plugin.ts",
      "tsconfig.json",
    ]);
    expect(configFile).toBe(sandbox.path("new/folder/plugin_config.yml"));
    expect(await readdir(sandbox.path("new/folder/src/generated"))).toEqual(["definitions.ts", "resources.d.ts"]);
    const settings = JSON.parse(await sandbox.read("new/folder/.dvp/tsconfig.json")) as {
      compilerOptions: { paths: Record<string, string[]> };
    };
    expect(settings.compilerOptions.paths["@opendvp/plugin-sdk"]?.[0]).toMatch(/plugin-sdk\/dist\/index\.d\.ts$/);
    expect(await sandbox.read("new/folder/tsconfig.json")).not.toContain(sandbox.directory);
  });

  it("has an id of its own", async () => {
    await using first = await PluginSandbox.withPlugin("DIRECT");
    await using second = await PluginSandbox.withPlugin("DIRECT");
    const [one, other] = await Promise.all(
      [first, second].map(async (sandbox) => parsePluginConfig(await sandbox.read("plugin_config.yml")).config.id),
    );
    expect(one).not.toBe(other);
  });

  it("overwrites nothing, names what is there, and writes nothing else", async () => {
    await using sandbox = await PluginSandbox.empty();
    await mkdir(sandbox.path("src"));
    await writeFile(sandbox.path("src/plugin.ts"), "mine");
    await writeFile(sandbox.path("schema.json"), "mine too");
    const attempt = initPlugin({ ...REQUEST, directory: sandbox.directory });
    await expect(attempt).rejects.toMatchObject({ code: "CONFLICT", details: { existing: ["schema.json", "src/plugin.ts"] } });
    expect(await sandbox.read("src/plugin.ts")).toBe("mine");
    expect((await readdir(sandbox.directory)).sort()).toEqual(["schema.json", "src"]);
  });

  it.each(['Quotes " and \\ and : #', "{{id}}", "Ümlaut 漢字", "---", "yes"])("may be called %j", async (name) => {
    await using sandbox = await PluginSandbox.empty();
    const { configFile } = await initPlugin({ ...REQUEST, name, directory: sandbox.directory });
    expect((await buildPlugin({ configFile, generateOnly: true })).config.name).toBe(name);
    expect(JSON.parse(await sandbox.read("package.json"))).toMatchObject({ private: true, type: "module" });
  });

  it.each(["", "   ", "two\nlines"])("may not be called %j", async (name) => {
    await using sandbox = await PluginSandbox.empty();
    await expect(initPlugin({ ...REQUEST, name, directory: sandbox.directory })).rejects.toMatchObject({ code: "INPUT_INVALID" });
    expect(await readdir(sandbox.directory)).toEqual([]);
  });

  it("of a kind that cannot be made is refused", async () => {
    await using sandbox = await PluginSandbox.empty();
    const { directory } = sandbox;
    await expect(initPlugin({ ...REQUEST, directory, hostType: "WINDOWS" })).rejects.toMatchObject({ code: "UNSUPPORTED" });
    expect(await readdir(directory)).toEqual([]);
  });

  it("where a file stands in the way of its directory is refused, and leaves nothing", async () => {
    await using sandbox = await PluginSandbox.empty();
    await sandbox.write("src", "a file");
    await expect(initPlugin({ ...REQUEST, directory: sandbox.directory })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await readdir(sandbox.directory)).toEqual(["src"]);
  });
});
