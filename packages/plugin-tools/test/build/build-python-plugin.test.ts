import { mkdir, readFile } from "node:fs/promises";
import { parseArtifact, parsePluginConfig } from "@opendvp/model";
import { findPythons, hasPython3 } from "@opendvp/testkit";
import { describe, expect, it, vi } from "vitest";
import { buildPlugin } from "../../src/index.ts";
import { PluginSandbox } from "../plugin-sandbox.ts";

const pythons = await findPythons();
const hasPython = await hasPython3();

describe.skipIf(!hasPython)("a plugin in Python (needs Python 3)", () => {
  it.each(["DIRECT", "STAGED"] as const)("that is new, %s, keeps every rule and builds at once, without a warning", async (strategy) => {
    await using sandbox = await PluginSandbox.withPlugin(strategy, "PYTHON311");
    expect(parsePluginConfig(await sandbox.read("plugin_config.yml"))).toMatchObject({
      config: { pluginType: strategy, language: "PYTHON311", entryPoint: "plugin_runner:plugin" },
      warnings: [],
    });
    const { warnings, artifact } = await buildPlugin({ configFile: sandbox.configFile });
    expect(warnings).toEqual([]);
    expect(artifact?.operations).toEqual(expect.arrayContaining(["discovery.repository", "linked.postSnapshot", "virtual.configure"]));
  });

  it.for([
    ["2.7", "PYTHON27"],
    ["3.8", "PYTHON38"],
  ] as const)("that is new builds with the interpreter that the environment names: %s", async ([version, language], { skip }) => {
    const interpreter = pythons.get(version);
    if (interpreter === undefined) return skip(`needs Python ${version}`);
    vi.stubEnv(`OPENDVP_${language}`, interpreter);
    try {
      for (const strategy of ["DIRECT", "STAGED"] as const) {
        await using sandbox = await PluginSandbox.withPlugin(strategy, language);
        const code = `import sys\nassert "%d.%d" % sys.version_info[:2] == "${version}"\n`;
        await sandbox.write("src/version.py", code);
        await sandbox.replace("src/plugin_runner.py", "import logging\n", "import logging\nimport version\n");
        expect((await buildPlugin({ configFile: sandbox.configFile })).warnings).toEqual([]);
      }
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("is an artifact with its sources, and nothing that was compiled", async () => {
    await using sandbox = await PluginSandbox.withPlugin("STAGED", "PYTHON38");
    await mkdir(sandbox.path("src/__pycache__"));
    await sandbox.write("src/__pycache__/plugin_runner.cpython-311.pyc", "compiled");
    await sandbox.write("src/old.pyc", "compiled");
    await sandbox.write("src/resource.sh", "echo hello");
    await buildPlugin({ configFile: sandbox.configFile });
    expect(Object.keys(await sandbox.artifactSource()).sort()).toEqual([
      "generated/__init__.py",
      "generated/definitions.py",
      "plugin_runner.py",
      "resource.sh",
    ]);
    const { parts, warnings } = parseArtifact(await readFile(sandbox.path("artifact.json")));
    expect(warnings).toEqual([]);
    expect(parts).toMatchObject({ language: "PYTHON38", pluginType: "STAGED", entryPoint: "plugin_runner:plugin" });
  });

  it("is the same artifact, byte for byte, however often it is built", async () => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT", "PYTHON311");
    await buildPlugin({ configFile: sandbox.configFile });
    const first = await sandbox.read("artifact.json");
    await buildPlugin({ configFile: sandbox.configFile });
    expect(await sandbox.read("artifact.json")).toBe(first);
  });

  it.each([
    [
      "a name that nothing defines",
      "    return source_config_of(virtual_source)",
      "    return source_config_off(virtual_source)",
      /plugin_runner\.py:\d+: uses the name source_config_off, which nothing defines/,
    ],
    ["arguments of another name", "def stop(virtual_source,", "def stop(source,", /has the arguments source, repository, source_config/],
    ["an import that is not there", "import logging", "import loging", /No module named '?loging/],
    ["what is no Python", "import logging", "import logging as", /SyntaxError/],
    [
      "a wrong name in a definition",
      "SnapshotDefinition, SourceConfigDefinition",
      "SnapshotDefinitions, SourceConfigDefinition",
      /cannot import name '?SnapshotDefinitions/,
    ],
  ])("is not built with %s, and is told where", async (_what, ...[former, next, says]) => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT", "PYTHON311");
    await sandbox.replace("src/plugin_runner.py", former, next);
    const failure = buildPlugin({ configFile: sandbox.configFile });
    await expect(failure).rejects.toMatchObject({ code: "PLUGIN_INVALID" });
    await expect(failure).rejects.toThrow(says);
    await expect(sandbox.read("artifact.json")).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("builds with names that come from elsewhere: guarded by the version of Python, silenced, or from a star", async () => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT", "PYTHON311");
    const code = `
import sys
if sys.version_info[0] == 2:
    text = unicode
try:
    basestring
except NameError:
    basestring = str
late = lambda: from_later  # noqa: F821
`;
    await sandbox.write("src/plugin_runner.py", (await sandbox.read("src/plugin_runner.py")) + code);
    await sandbox.write("src/star.py", "from os.path import *\nprint(join)\n");
    await buildPlugin({ configFile: sandbox.configFile });
  });

  it("is told of wrong arguments before names that nothing defines: the checks keep their order", async () => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT", "PYTHON311");
    await sandbox.replace("src/plugin_runner.py", "def stop(virtual_source,", "def stop(source,");
    await sandbox.write("src/plugin_runner.py", (await sandbox.read("src/plugin_runner.py")) + "\nlater = lambda: undefined_name\n");
    const failure = buildPlugin({ configFile: sandbox.configFile });
    await expect(failure).rejects.toThrow(/has the arguments source/);
    await expect(failure).rejects.not.toThrow(/undefined_name/);
  });

  it("from the wild is built, with a warning for each word of former times", async () => {
    await using sandbox = await PluginSandbox.withPlugin("STAGED", "PYTHON38");
    await sandbox.replace("plugin_config.yml", "buildNumber:", "version:");
    const { snapshotParametersDefinition: _, ...schemas } = JSON.parse(await sandbox.read("schema.json")) as Record<string, object>;
    await sandbox.write("schema.json", JSON.stringify(schemas));
    const code = await sandbox.read("src/plugin_runner.py");
    await sandbox.write("src/plugin_runner.py", code.replaceAll("optional_snapshot_parameters", "snapshot_parameters"));
    const { warnings, artifact, config } = await buildPlugin({ configFile: sandbox.configFile });
    expect(warnings.map(({ where, message }) => `${where} ${message}`)).toEqual([
      expect.stringMatching(/^version is the former name of buildNumber/),
      expect.stringMatching(/^snapshotParametersDefinition is missing/),
      expect.stringMatching(/@plugin\.linked\.post_snapshot\(\) has the arguments of an earlier version/),
      expect.stringMatching(/@plugin\.linked\.pre_snapshot\(\) has the arguments of an earlier version/),
    ]);
    expect(config.buildNumber).toBe("0.1");
    // What such plugins ask the parameters for, although no schema of theirs has it.
    expect(code).toContain("optional_snapshot_parameters.resync");
    expect(await sandbox.read("src/generated/definitions.py")).toContain('resync = Property("resync", {"type": "boolean"})');
    expect(artifact?.operations).toContain("linked.preSnapshot");
  });

  it("has schemas from the wild: keywords that mean nothing here, and a member twice, of which the last counts", async () => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT", "PYTHON311");
    const odd = '"condition": "x", "order": 3, "environmentVariable": "MOUNT"';
    await sandbox.write(
      "schema.json",
      (await sandbox.read("schema.json")).replace(
        '"virtualSourceDefinition": {',
        `"virtualSourceDefinition": { "type": "object", "properties": {} }, "virtualSourceDefinition": { ${odd},`,
      ),
    );
    await sandbox.replace(
      "schema.json",
      '"format": "unixpath",\n        "prettyName": "Mount path"',
      '"format": "windowspath", "prettyName": "Mount path"',
    );
    const { warnings } = await buildPlugin({ configFile: sandbox.configFile });
    expect(warnings.map(({ message }) => message)).toContainEqual(expect.stringMatching(/twice|again|more than once/));
    expect(await sandbox.read("src/generated/definitions.py")).toContain('mount_path = Property("mountPath"');
  });

  it("that lacks an operation is built with a warning", async () => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT", "PYTHON311");
    await sandbox.replace("src/plugin_runner.py", "@plugin.virtual.reconfigure()", "");
    const { warnings } = await buildPlugin({ configFile: sandbox.configFile });
    expect(warnings).toMatchObject([{ where: "virtual.reconfigure" }]);
  });
});
