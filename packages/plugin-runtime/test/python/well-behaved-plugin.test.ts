import type { PluginVersion } from "@opendvp/core";
import { EngineError, type Json, type JsonObject } from "@opendvp/model";
import { findPythons, PYTHON_LANGUAGES } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyPythonPlugin } from "../support/build-plugin.ts";
import { createHarness, noLibraries, type CallChanges, type RuntimeHarness } from "../support/runtime-harness.ts";
import { connection } from "../support/values.ts";

const pythons = await findPythons();
const VERSIONS = [...PYTHON_LANGUAGES, ["3.13", "PYTHON311"]] as const;

describe.each(VERSIONS)("a plugin in Python %s", (version, language) => {
  const executable = pythons.get(version);
  if (executable === undefined) return test.skip(`needs Python ${version}`, () => undefined);
  let harness: RuntimeHarness;
  let plugin: PluginVersion;

  beforeAll(async () => {
    harness = await createHarness({ interpreters: { [language]: executable } });
    plugin = await copyPythonPlugin("well_behaved", { language });
  });
  afterAll(() => harness.close());

  const call = (operation: CallChanges["operation"], args: JsonObject, changes: CallChanges = {}): Promise<Json> =>
    harness.call(plugin, {}, { ...changes, ...(operation === undefined ? {} : { operation }), arguments: args });
  const failing = async (how: string, changes: CallChanges = {}): Promise<EngineError> =>
    (await harness.call(plugin, { how }, changes).catch((thrown: unknown) => thrown)) as EngineError;
  const virtualSource = { guid: "guid-1", connection, parameters: {}, mounts: [] } as unknown as JsonObject;
  const directSource = { guid: "guid-1", connection, parameters: {} } as unknown as JsonObject;

  test("tells what it implements, and what in it is of an earlier version", async () => {
    expect(await harness.runtime.describe(plugin)).toMatchObject({
      operations: [
        "discovery.repository",
        "discovery.sourceConfig",
        "linked.postSnapshot",
        "linked.preSnapshot",
        "virtual.configure",
        "virtual.mountSpecification",
        "virtual.postSnapshot",
        "virtual.sourceSize",
        "virtual.start",
        "virtual.status",
        "virtual.stop",
      ],
      migrationIds: ["1", "1.1", "2026.1.2"],
      luaMigrations: { linkedSource: ["1.0"] },
      warnings: [
        expect.stringMatching(/discovery\.source_config\(\) has the arguments of an earlier version/),
        expect.stringMatching(/linked\.pre_snapshot\(\) has the arguments of an earlier version/),
      ],
    });
  });

  test("gets the platform's classes, and answers with them", async () => {
    const asked: unknown[] = [];
    const runBash = (request: unknown) => (asked.push(request), Promise.resolve({ exitCode: 0, stdout: "found\n", stderr: "" }));
    const libraries = { ...noLibraries, runBash };
    expect(await call("discovery.repository", { sourceConnection: connection }, { libraries })).toEqual([{ name: "found" }]);
    expect(asked).toMatchObject([
      { remoteConnection: connection, command: "echo found", variables: { SECRET: "hunter2" }, useLoginShell: false },
    ]);
    const repository = { name: "found" };
    const configs = await call("discovery.sourceConfig", { sourceConnection: connection, repository });
    expect(configs).toEqual([{ dataPath: "/alice" }]);
    expect(await call("virtual.mountSpecification", { virtualSource, repository })).toEqual({
      mounts: [{ remoteEnvironment: connection.environment, mountPath: "/mnt/copy", sharedPath: null }],
      ownershipSpecification: null,
    });
    const around = { virtualSource, repository, sourceConfig: { dataPath: "/a" } };
    expect(await call("virtual.status", around)).toBe("INACTIVE");
    expect(await call("virtual.sourceSize", around)).toBe(12.5);
  });

  test("is called as its functions' arguments say, also with those of earlier versions", async () => {
    const synced: unknown[] = [];
    const runSync = (request: unknown) => (synced.push(request), Promise.resolve());
    const linked = { directSource, repository: {}, sourceConfig: { dataPath: "/data" } };
    await call("linked.preSnapshot", { ...linked, optionalSnapshotParameters: null }, { libraries: { ...noLibraries, runSync } });
    expect(synced).toMatchObject([{ sourceDirectory: "/data", excludePaths: ["*.tmp"], symLinksToFollow: [], rsyncUser: null }]);
    const parameters: readonly (JsonObject | null)[] = [null, {}, { resync: true }];
    const answers = parameters.map((optionalSnapshotParameters) => call("linked.postSnapshot", { ...linked, optionalSnapshotParameters }));
    expect(await Promise.all(answers)).toEqual([{ takenAt: "none" }, { takenAt: "None" }, { takenAt: "True" }]);
  });

  test("finds its own modules, sub-directories and resources, and works in its source root", async () => {
    const args = { virtualSource, repository: {}, snapshot: { takenAt: "then" } };
    expect(await call("virtual.configure", args)).toEqual({ dataPath: "True|Hello!|found below|then" });
  });

  test("fails with words of its own", async () => {
    expect(await failing("user_error")).toMatchObject({
      code: "PLUGIN_USER_ERROR",
      message: "The port is taken.",
      action: "Choose another port.",
      details: { output: "bind: address in use" },
    });
    expect(await failing("user_error_of_its_own")).toMatchObject({ code: "PLUGIN_USER_ERROR", message: "The port is taken." });
    expect(await failing("user_error_in_short")).toMatchObject({
      message: "Die Platte ist voll: äöü.",
      action: "Contact the plugin author to correct the error.",
      details: {
        output: expect.stringMatching(
          /^Traceback.*\n {2}File "plugin_runner\.py", line \d+, in start\n[^]*"misdeeds\.py", line \d+, in user_error_in_short\n/,
        ) as string,
      },
    });
  });

  test.each([
    ["bug", /failed: misdeeds\.py:\d+: TypeError: cannot read the moon/],
    ["bug_with_odd_words", /failed: misdeeds\.py:\d+: ValueError/],
    ["exits", /failed: misdeeds\.py:\d+: SystemExit: 3/],
    ["wrong_argument", /failed: misdeeds\.py:\d+: The argument 'variables\['PORT'\]' was of type 'int' but must be of type 'str'/],
  ])("shows anything else that it raises as its bug, with the stack: %s", async (how, says) => {
    const error = await failing(how);
    expect(error.code).toBe("PLUGIN_BUG");
    expect(error.message).toMatch(says);
    expect(error.details["stack"]).toMatch(
      new RegExp(`^Traceback.*\\n  File "plugin_runner\\.py", line \\d+, in start\\n[^]*File "misdeeds\\.py", line \\d+, in ${how}\n`),
    );
  });

  test("hands on what the engine could not do, unless it handles that itself", async () => {
    const failure = new EngineError("HOST_UNREACHABLE", "No route to the host", { action: "Check the network.", details: { port: 22 } });
    const libraries = { ...noLibraries, runBash: () => Promise.reject(failure) };
    expect(await failing("library", { libraries })).toBe(failure);
    expect(await failing("library_handled", { libraries })).toMatchObject({
      code: "PLUGIN_USER_ERROR",
      message: "No route to the host.",
      action: "Check the network.",
      details: { output: "HOST_UNREACHABLE" },
    });
  });

  test("ends with a failure of the engine's own that it could not have dealt with, even where it tries to", async () => {
    const failure = new EngineError("CATALOG_FAILED", "The catalog's disk is broken.");
    const libraries = { ...noLibraries, runBash: () => Promise.reject(failure) };
    expect(await failing("library_handled", { libraries })).toBe(failure);
  });

  test("tells of a command that failed, and sends text and bytes alike", async () => {
    const asked: unknown[] = [];
    const runBash = (request: unknown) => (asked.push(request), Promise.resolve({ exitCode: 2, stdout: "", stderr: "nö" }));
    const libraries = { ...noLibraries, runBash };
    expect((await failing("script", { libraries })).message).toMatch(
      /PluginScriptError: The command ended with exit code 2\.\nstdout: \nstderr: nö$/,
    );
    expect((await failing("script_retold", { libraries })).message).toBe(
      "2, nö: The command ended with exit code 2.\nstdout: \nstderr: nö",
    );
    await harness.call(plugin, { how: "text_and_bytes" }, { libraries });
    expect(asked.at(-1)).toMatchObject({ command: "echo $A", variables: { A: "ä" }, useLoginShell: true });
  });

  test("must return what its operation is for", async () => {
    const error = (await call("virtual.postSnapshot", { virtualSource, repository: {}, sourceConfig: { dataPath: "/a" } }).catch(
      (thrown: unknown) => thrown,
    )) as EngineError;
    expect(error.code).toBe("PLUGIN_BUG");
    expect(error.message).toMatch(
      /plugin_runner\.py:\d+, in wrong_class: The operation virtual\.post_snapshot\(\) returned a value of type 'dict'; it must return a value of type 'SnapshotDefinition'/,
    );
  });

  test("writes to its log: DEBUG and INFO as they are, anything above as ERROR; and what it prints", async () => {
    await call("virtual.stop", { virtualSource, repository: {}, sourceConfig: { dataPath: "/a" } });
    await harness.call(plugin, { how: "prints" });
    const lines = (): readonly string[] => harness.lines.map(({ level, message }) => `${level} ${message.split("\n")[0]}`);
    for (const line of ["INFO loaded", "DEBUG value 7", "ERROR two", "INFO printed", "WARNING complained"]) {
      await expect.poll(lines).toContain(line);
    }
  });

  test.each([
    ["too_much", "PLUGIN_LIMIT", /131072 are allowed/],
    ["dies", "PLUGIN_DIED", /exit code 7/],
    ["loops", "TIME_LIMIT", /1 s/],
    ["eats", "PLUGIN_LIMIT", /memory/],
  ] as const)("costs its own operation only when it does harm: %s", async (how, code, says) => {
    const error = await failing(how, how === "loops" ? { timeLimitMs: 1000 } : {});
    expect(error).toMatchObject({ code });
    expect(error.message).toMatch(says);
    expect(await harness.call(plugin)).toBeNull();
  });

  test("answers a warm operation in a few milliseconds", async () => {
    const times: number[] = [];
    for (let count = 0; count < 61; count += 1) {
      const beganAt = performance.now();
      await harness.call(plugin);
      times.push(performance.now() - beganAt);
    }
    expect(times.sort((a, b) => a - b)[30]).toBeLessThan(5);
  });
});
