import type { PluginVersion } from "@opendvp/core";
import type { EngineError, JsonObject } from "@opendvp/model";
import { findPythons } from "@opendvp/testkit";
import { runProcess } from "@opendvp/subprocess";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyPythonPlugin } from "../support/build-plugin.ts";
import { createHarness, type RuntimeHarness } from "../support/runtime-harness.ts";
import { connection } from "../support/values.ts";

const pythons = await findPythons();
const python = pythons.get("3.11") ?? pythons.get("3.12") ?? pythons.get("3.13") ?? "";
const HEAD = "from dlpx.virtualization.platform import *\nplugin = Plugin()\n";

describe.skipIf(python === "")("a plugin in Python that is loaded", () => {
  let harness: RuntimeHarness;

  beforeAll(async () => {
    harness = await createHarness({ interpreters: { PYTHON311: python, PYTHON27: "/nowhere/python2.7" } });
  });
  afterAll(() => harness.close());

  const withCode = (code: string, changes: Partial<PluginVersion> = {}): Promise<PluginVersion> =>
    copyPythonPlugin("well_behaved", { files: { "plugin_runner.py": code }, ...changes });
  const refusal = async (plugin: PluginVersion): Promise<EngineError> =>
    (await harness.runtime.describe(plugin).catch((thrown: unknown) => thrown)) as EngineError;

  test.each([
    ["a module that raises", 'raise RuntimeError("not today")', /: plugin_runner\.py:1: RuntimeError: not today/],
    ["a module that is no Python", "def (:", /: plugin_runner\.py:1: SyntaxError: invalid syntax/],
    ["a module that exits", "import sys\nsys.exit(1)", /: plugin_runner\.py:2: SystemExit: 1/],
    [
      "a module that imports what is not there",
      "\nimport numpy_not_there",
      /: plugin_runner\.py:2: \w+Error: No module named 'numpy_not_there'/,
    ],
    [
      "no object of the entry point's name",
      "plug_in = None",
      /: entryPoint of plugin_config\.yml is plugin_runner:plugin, but the module has no 'plugin'\.$/,
    ],
    [
      "an object that is no Plugin",
      "plugin = 7",
      /: entryPoint of plugin_config\.yml is [^,]+, but that is of type 'int'; it must be a Plugin/,
    ],
    [
      "too few arguments",
      `${HEAD}@plugin.virtual.stop()\ndef stop(virtual_source): pass`,
      /: plugin_runner\.py:3: The function 'stop' of @plugin\.virtual\.stop\(\) has 1 arguments; it must have virtual_source, repository, source_config/,
    ],
    [
      "other arguments",
      `${HEAD}@plugin.virtual.stop()\ndef stop(source, repository, config): pass`,
      /has the arguments source, repository, config; it must have/,
    ],
    [
      "other arguments of a migration",
      `${HEAD}@plugin.upgrade.snapshot("1")\ndef up(snapshot): pass`,
      /: plugin_runner\.py:3: The function 'up' of @plugin\.upgrade\.snapshot has the arguments snapshot; it must have old_snapshot/,
    ],
    [
      "two functions of one operation",
      `${HEAD}for _ in range(2):\n    @plugin.discovery.repository()\n    def find(source_connection): pass`,
      /: plugin_runner\.py:[45]: The operation discovery\.repository\(\) has a function already/,
    ],
    [
      "a decorator without brackets",
      `${HEAD}@plugin.discovery.repository\ndef find(source_connection): pass`,
      /: plugin_runner\.py:[34]: A decorator is written without its brackets/,
    ],
    [
      "a migration from a toolkit as other languages write it",
      `${HEAD}plugin.upgrade.snapshot(lua_version="1.0")`,
      /: plugin_runner\.py:3: .*is written @plugin\.upgrade\.snapshot\("1\.0", MigrationType\.LUA\)/,
    ],
  ])("is refused with the reason and its place, and no stack but the plugin's own: %s", async (_what, code, says) => {
    const error = await refusal(await withCode(code, { buildNumber: "1.2.0" }));
    expect(error.code).toBe("PLUGIN_INVALID");
    expect(error.message).toMatch(/^The plugin Fixture 1\.2\.0 cannot be loaded: /);
    expect(error.message).toMatch(says);
    expect(error.message).not.toMatch(/dlpx\.virtualization\.\w+\.\w/);
    const stack = (error.details["stack"] ?? "") as string;
    expect([...stack.matchAll(/File "([^"]+)"/g)].map(([, file]) => file).filter((file) => file !== "plugin_runner.py")).toEqual([]);
    expect(stack).not.toMatch(/^dlpx\./m);
  });

  test("shows of a stack what is the plugin's own, and what it calls beyond the platform", async () => {
    const code = `${HEAD}
import json
from dlpx.virtualization import libs
@plugin.virtual.start()
def start(virtual_source, repository, source_config):
    try:
        json.loads("{")
    except ValueError:
        libs.run_bash(virtual_source.connection, 7)
`;
    const error = (await harness.call(await withCode(code)).catch((thrown: unknown) => thrown)) as EngineError;
    expect(error.message).toBe(
      "virtual.start of the plugin Fixture failed: plugin_runner.py:11: The argument 'command' was of type 'int' but must be of type 'str'.",
    );
    const stack = error.details["stack"] as string;
    const files = [...stack.matchAll(/File "(?:.*\/)?([^/"]+)"/g)].map(([, file]) => file);
    expect([files[0], files.at(-1), files.includes("decoder.py")]).toEqual(["plugin_runner.py", "plugin_runner.py", true]);
    expect(files.filter((file) => file === "serve.py" || file === "loaded_plugin.py" || file === "libs.py")).toEqual([]);
    expect(stack).toMatch(/\nIncorrectArgumentTypeError: The argument 'command'/);
  });

  test("is told where it raised, however long the chain of what it had handled before", async () => {
    const code = `
before = None
for number in range(3000):
    error = ValueError(number)
    error.__context__ = before
    before = error
raise before
`;
    const error = await refusal(await withCode(code));
    expect(error.message).toBe("The plugin Fixture cannot be loaded: plugin_runner.py:7: ValueError: 2999.");
    expect(error.details["stack"]).toMatch(
      /^Traceback.*\n {2}File "plugin_runner\.py", line 7, in <module>\n.*raise before\nValueError: 2999$/,
    );
  });

  test("may have its functions' arguments in any order, by keyword, or any at all", async () => {
    const code = `${HEAD}
@plugin.virtual.configure()
def configure(repository, snapshot, virtual_source): pass

@plugin.virtual.stop()
def stop(**everything): pass
`;
    const { operations, warnings } = await harness.runtime.describe(await withCode(code));
    expect(operations).toEqual(["virtual.configure", "virtual.stop"]);
    expect(warnings).toEqual([]);
  });

  test("needs an interpreter of its language, and says where one can be named", async () => {
    const error = await refusal(await withCode(HEAD, { language: "PYTHON27" }));
    expect(error).toMatchObject({
      code: "INTERPRETER_MISSING",
      message: "The plugin Fixture cannot be run: This machine has no Python for PYTHON27: /nowhere/python2.7 cannot be run.",
    });
    expect(error.action).toContain("interpreters.PYTHON27");
    await expect(harness.call(await withCode(HEAD, { language: "PYTHON27" }))).rejects.toMatchObject({ code: "INTERPRETER_MISSING" });
  });

  test("sees the standard library, and nothing that is installed beside it", async () => {
    const code = `${HEAD}
import sys
assert not [path for path in sys.path if "site-packages" in path or "dist-packages" in path], sys.path
assert "opendvp_runner" not in [path.rsplit("/")[-1] for path in sys.path]
import json, ssl, sqlite3, xml.etree.ElementTree
`;
    await harness.runtime.describe(await withCode(code));
  });

  test("brings a dlpx of its own, which ours takes the place of, but for modules that ours does not have", async () => {
    const code = `${HEAD}
import dlpx.virtualization.platform as ours
assert "vendored" not in vars(ours)
from dlpx.virtualization.api import common_pb2
assert common_pb2.vendored
`;
    const files = {
      "plugin_runner.py": code,
      "dlpx/__init__.py": "",
      "dlpx/virtualization/__init__.py": "",
      "dlpx/virtualization/platform/__init__.py": "vendored = True",
      "dlpx/virtualization/api/__init__.py": "",
      "dlpx/virtualization/api/common_pb2.py": "vendored = True",
    };
    await harness.runtime.describe(await copyPythonPlugin("well_behaved", { files }));
  });

  test("may be compiled, for the very version of Python that runs it", async () => {
    const plugin = await copyPythonPlugin("well_behaved");
    await compile(python, plugin.sourceDirectory);
    const { operations } = await harness.runtime.describe(plugin);
    expect(operations).toContain("virtual.start");
    const older = pythons.get("3.8");
    if (older === undefined) return;
    const other = await copyPythonPlugin("well_behaved");
    await compile(older, other.sourceDirectory);
    expect((await refusal(other)).message).toMatch(/compiled for another version of Python than 3\.1[123], which runs it here/);
  });

  test("runs its data migrations one object at a time, and says where one is about another kind", async () => {
    const plugin = await copyPythonPlugin("well_behaved");
    const migrate = (method: string, migrationId: string, old: JsonObject): Promise<unknown> =>
      harness.call(plugin, {}, { operation: method as never, arguments: { migrationId, old } });
    expect(await migrate("upgrade.repository", "2026.1.2", { name: "a" })).toEqual({ name: "a", added: true });
    expect(await migrate("upgrade.repository", "1", { name: "a" })).toBeNull();
    expect(await migrate("upgrade.snapshot", "1", { takenAt: "now" })).toEqual({ takenAt: "now" });
    await expect(migrate("upgrade.snapshot", "1.1", {})).rejects.toMatchObject({
      code: "PLUGIN_BUG",
      message: expect.stringMatching(/plugin_runner\.py:\d+, in lose_snapshot: .*must return a value of type 'dict'/) as string,
    });
  });

  test("that is staged sees one mount as `mount`, and several as `mounts` alone", async () => {
    const code = `${HEAD}
@plugin.linked.mount_specification()
def where(staged_source, repository):
    one = staged_source.mount and staged_source.mount.mount_path
    raise UserError(repr([one, [str(mount.mount_path) for mount in staged_source.mounts], staged_source.staged_connection.user.name]))
`;
    const plugin = await withCode(code, { pluginType: "STAGED" });
    const seen = (...paths: readonly string[]): Promise<Error> => {
      const mounts = paths.map((mountPath) => ({ remoteEnvironment: connection.environment, mountPath, sharedPath: null }));
      const stagedSource = { guid: "g", sourceConnection: connection, stagedConnection: connection, parameters: {}, mounts };
      const args = { stagedSource, repository: {} } as unknown as JsonObject;
      const operation = "linked.mountSpecification" as const;
      return harness.call(plugin, {}, { operation, arguments: args }).catch((thrown: unknown) => thrown) as Promise<Error>;
    };
    expect((await seen()).message).toBe("[None, [], 'alice'].");
    expect((await seen("/a")).message).toBe("['/a', ['/a'], 'alice'].");
    expect((await seen("/a", "/b")).message).toBe("[None, ['/a', '/b'], 'alice'].");
  });

  test("must return the right class where its operation returns something; anything else is passed over", async () => {
    const code = `${HEAD}
@plugin.virtual.status()
def status(virtual_source, repository, source_config): return "ACTIVE"
@plugin.virtual.mount_specification()
def where(virtual_source, repository): return [Mount(virtual_source.connection.environment, "/a")]
@plugin.virtual.source_size()
def size(virtual_source, repository, source_config): return "1 GB"
@plugin.virtual.configure()
def configure(virtual_source, repository, snapshot): return {"dataPath": "/a"}
@plugin.discovery.source_config()
def find(source_connection, repository): return [None]
@plugin.virtual.stop()
def stop(virtual_source, repository, source_config): return object()
`;
    const plugin = await withCode(code);
    const virtualSource = { guid: "g", connection, parameters: {}, mounts: [] };
    const args = { virtualSource, sourceConnection: connection, repository: {}, sourceConfig: {}, snapshot: {} } as unknown as JsonObject;
    for (const [operation, says] of [
      [
        "virtual.status",
        "failed: plugin_runner.py:4, in status: The operation virtual.status() returned a value of type 'str'; it must return a value of type 'Status'",
      ],
      ["virtual.mountSpecification", "returned a value of type 'list'; it must return a value of type 'MountSpecification'"],
      ["virtual.sourceSize", "of type 'str'; it must return a value of type 'int' or of type 'float'"],
      ["virtual.configure", "of type 'dict'; it must return a value of type 'SourceConfigDefinition'"],
      ["discovery.sourceConfig", "returned a list of NoneType; it must return a list of SourceConfigDefinition"],
    ] as const) {
      const error = (await harness.call(plugin, {}, { operation, arguments: args }).catch((thrown: unknown) => thrown)) as EngineError;
      expect(error).toMatchObject({ code: "PLUGIN_BUG", message: expect.stringContaining(says) as string });
      expect(error).toMatchObject({ action: "This is a defect of the plugin: report it to the plugin's author." });
      expect(error.details).not.toHaveProperty("stack");
    }
    expect(await harness.call(plugin, {}, { operation: "virtual.stop", arguments: args })).toBeNull();
  });

  test("may prepare snapshots, with a description of its own or without", async () => {
    const code = `${HEAD}
from generated.definitions import SnapshotDefinition
@plugin.linked.prepare_snapshot()
def prepare(staged_source, repository, source_config, snapshot):
    return SnapshotDefinition(taken_at=snapshot.taken_at + " at " + staged_source.mount.mount_path)
@plugin.virtual.prepare_snapshot()
def prepare_copy(virtual_source, repository, source_config, snapshot):
    virtual_source.mounts[0].mount_path
`;
    const plugin = await withCode(code, { pluginType: "STAGED" });
    expect((await harness.runtime.describe(plugin)).operations).toEqual(["linked.prepareSnapshot", "virtual.prepareSnapshot"]);
    const mounts = [{ remoteEnvironment: connection.environment, mountPath: "/clone", sharedPath: null }];
    const stagedSource = { guid: "g", sourceConnection: connection, stagedConnection: connection, parameters: {}, mounts };
    const virtualSource = { guid: "g", connection, parameters: {}, mounts };
    const around = { repository: {}, sourceConfig: {}, snapshot: { takenAt: "noon" } };
    const linked = { operation: "linked.prepareSnapshot", arguments: { stagedSource, ...around } as unknown as JsonObject } as const;
    expect(await harness.call(plugin, {}, linked)).toEqual({ takenAt: "noon at /clone" });
    const virtual = { operation: "virtual.prepareSnapshot", arguments: { virtualSource, ...around } as unknown as JsonObject } as const;
    expect(await harness.call(plugin, {}, virtual)).toBeNull();
  });

  test("is told which limit a result exceeds, and what exceeded it", async () => {
    const code = `${HEAD}
from generated.definitions import SourceConfigDefinition
@plugin.virtual.configure()
def configure(virtual_source, repository, snapshot):
    return SourceConfigDefinition(data_path="/" + "x" * (5 << 20))
`;
    const args = { virtualSource: { guid: "g", connection, parameters: {}, mounts: [] }, repository: {}, snapshot: {} };
    const call = { operation: "virtual.configure", arguments: args as unknown as JsonObject } as const;
    await expect(harness.call(await withCode(code), {}, call)).rejects.toMatchObject({
      code: "PLUGIN_LIMIT",
      message: expect.stringMatching(/result of virtual\.configure.*4194304/) as string,
    });
  });

  test("reads its resources by importlib as well", async () => {
    const code = `${HEAD}
import importlib.resources
assert importlib.resources.files("resources").joinpath("hello.txt").read_text() == "Hello!", "no resource"
`;
    await harness.runtime.describe(await withCode(code));
  });

  test("may return objects of the newer style where a module of it uses the oldest", async () => {
    const code = `
from dlpx.virtualization import platform
from dlpx.virtualization.generated import SnapshotDefinition
from generated.definitions import SourceConfigDefinition
plugin = platform.plugin()

@plugin.virtual.configure()
def configure(virtual_source, repository, snapshot):
  return SourceConfigDefinition(data_path=snapshot.takenAt)
`;
    const args = { virtualSource: { guid: "g", connection, parameters: {}, mounts: [] }, repository: {}, snapshot: { takenAt: "x" } };
    expect(await harness.call(await withCode(code), {}, { operation: "virtual.configure", arguments: args })).toEqual({ dataPath: "x" });
  });

  test("in the oldest style works with the schema's own names", async () => {
    const code = `
from dlpx.virtualization import platform
from dlpx.virtualization.generated import SourceConfigDefinition
plugin = platform.plugin()

@plugin.virtual.configure()
def configure(virtual_source, repository, snapshot):
  source_config = SourceConfigDefinition()
  source_config.dataPath = snapshot.takenAt + snapshot.taken_at
  return source_config
`;
    const args = { virtualSource: { guid: "g", connection, parameters: {}, mounts: [] }, repository: {}, snapshot: { takenAt: "x" } };
    const plugin = await withCode(code);
    expect(await harness.call(plugin, {}, { operation: "virtual.configure", arguments: args })).toEqual({ dataPath: "xx" });
  });
});

/** As the public tool ships plugins: compiled modules beside resources, no sources. */
async function compile(interpreter: string, directory: string): Promise<void> {
  const script = `import compileall, os, sys
compileall.compile_dir(sys.argv[1], quiet=1, legacy=True)
for path, _, names in os.walk(sys.argv[1]):
    for name in names:
        if name.endswith(".py"): os.remove(os.path.join(path, name))`;
  await runProcess({ file: interpreter, args: ["-c", script, directory] });
}
