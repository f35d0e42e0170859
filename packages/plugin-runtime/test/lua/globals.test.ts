import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "@opendvp/model";
import { connection } from "../support/values.ts";
import {
  createLuaHarness,
  directArguments,
  production,
  stagedArguments,
  virtualArguments,
  type LuaHarness,
} from "./support/lua-harness.ts";
import { writeToolkit } from "./support/toolkit-fixture.ts";

let harness: LuaHarness;

beforeAll(async () => {
  harness = await createLuaHarness();
});
afterAll(() => harness.close());

const discovery = (more: JsonObject = {}): JsonObject => ({ sourceConnection: connection, ...more });

describe("what a script finds", () => {
  test("discovery: remote and resources, and the repository for source configs", async () => {
    const scripts = {
      "discovery/repositoryDiscovery": `return { { name = resources["lib/a.sh"], handles = type(remote.environment) == type(remote.host) } }`,
      "discovery/sourceConfigDiscovery": `return { { path = repository.installPath, user = type(remote.environmentUser) } }`,
    };
    const parts = { resources: { "lib/a.sh": "echo a\n" } };
    const repositories = await harness.answer(scripts, { operation: "discovery.repository", args: discovery() }, parts);
    const configs = await harness.answer(
      scripts,
      { operation: "discovery.sourceConfig", args: discovery({ repository: { installPath: "/opt/db" } }) },
      parts,
    );
    expect(repositories).toEqual([{ name: "echo a\n", handles: true }]);
    expect(configs).toEqual([{ path: "/opt/db", user: "userdata" }]);
  });

  test("a VDB: source, parameters, repository, and the snapshot as JSON", async () => {
    const script = `return { guid = source.guid, dir = source.dataDirectory, os = source.osType, toolkit = source.toolkitPath,
      port = parameters.port, install = repository.installPath, snapshot = snapshotJson, config = config.dataPath }`;
    expect(await harness.returned(script, {}, { port: 27017 })).toEqual({
      guid: "guid-1",
      dir: "/mnt/copy",
      os: "LINUX",
      toolkit: "/var/tmp/scratch",
      port: 27017,
      install: "/opt/db",
      snapshot: '{"id":"s-1","size":5}',
      config: "/data",
    });
  });

  test("a staged source: environment is production's, the rest is the staging host's", async () => {
    const scripts = {
      "staged/worker": `
        local where = { environment = source.environment, user = source.environmentUser, host = source.host, command = "true" }
        RunBash(where)
        RunBash { environment = source.stagingEnvironment, user = source.stagingEnvironmentUser, host = source.stagingHost, command = "true" }
        assert(source.dataDirectory == "/mnt/staging" and source.toolkitPath == "/var/tmp/scratch" and source.guid == "guid-2")
        assert(parameters.port == 5432 and repository.installPath == "/opt/db" and config.dataPath == "/data")
        assert(source.environment ~= source.stagingEnvironment)`,
    };
    const before = harness.libraries.commands.length;
    await harness.answer(scripts, { operation: "linked.worker", args: stagedArguments("/mnt/staging") });
    const asked = harness.libraries.commands.slice(before).map(({ remoteConnection }) => remoteConnection);
    expect(asked).toEqual([production, connection]);
  });

  test("a direct source: like that of a VDB, without a directory", async () => {
    const scripts = { "direct/postSnapshot": `return { none = source.dataDirectory == nil, guid = source.guid, path = config.dataPath }` };
    const args = directArguments({ optionalSnapshotParameters: null });
    expect(await harness.answer(scripts, { operation: "linked.postSnapshot", args }, { pluginType: "DIRECT" })).toEqual({
      none: true,
      guid: "guid-3",
      path: "/data",
    });
  });

  test("a mountSpec: remote, repository, source and parameters, and no source config", async () => {
    const script = `assert(remote.environment and repository and source and parameters and config == nil); return "/mnt/" .. source.guid`;
    const specification = await harness.answer(
      { "staged/mountSpec": script },
      { operation: "linked.mountSpecification", args: stagedArguments(null) },
    );
    expect(specification).toEqual({
      mounts: [{ remoteEnvironment: connection.environment, mountPath: "/mnt/guid-2", sharedPath: null }],
      ownershipSpecification: null,
    });
  });

  test("nothing of an earlier script", async () => {
    expect(await harness.returned(`seen = "set"; string.marked = true; return {}`)).toEqual({});
    const scripts = {
      "virtual/configure": `left = 1; string.left = 1; getmetatable("").left = 1; return {}`,
      "virtual/reconfigure": `return { left = left, inString = string.left, inMeta = getmetatable("").left }`,
    };
    const args = virtualArguments({}, { snapshot: {} });
    const toolkit = await writeToolkit(scripts);
    await harness.call(toolkit, { operation: "virtual.configure", args });
    expect(await harness.call(toolkit, { operation: "virtual.reconfigure", args })).toEqual({});
    expect(harness.runtime.status().processes.filter(({ plugin }) => plugin === toolkit.reference)).toHaveLength(1);
  });

  test("a handle can be passed on, compared, and not looked into", async () => {
    const script = `local ok, message = pcall(function() return source.host.name end)
      return { same = source.host == source.host, other = source.host == source.environment, ok = ok, message = message }`;
    const { same, other, ok, message } = (await harness.returned(script)) as JsonObject;
    expect([same, other, ok]).toEqual([true, false, false]);
    expect(message).toContain("attempt to index a userdata value");
  });

  test("no way out: libraries of the machine are not there", async () => {
    const names = ["os", "io", "package", "debug", "dofile", "loadfile"];
    const script = `local found = {}
      for _, name in ipairs({ ${names.map((name) => `"${name}"`).join(", ")} }) do if _G[name] ~= nil then found[#found + 1] = name end end
      return { found = found, dump = string.dump == nil, binary = select(2, load("\\27Lua")), required = select(2, pcall(require, "os")) }`;
    const { found, dump, binary, required } = (await harness.returned(script)) as JsonObject;
    expect([found, dump]).toEqual([{}, true]);
    expect(binary).toContain("attempt to load a binary chunk");
    expect(required).toContain("require is not available to the scripts of a toolkit");
  });
});

describe("messages", () => {
  const parts = { messages: { greeting: "Hello {0}, port {1}, {0} {2}", plain: "100% of it" } };

  test("come from the default locale, with their arguments filled in", async () => {
    const script = `return { text = messages.greeting("World", 27017.0), plain = messages.plain() }`;
    expect(await harness.returned(script, parts)).toEqual({ text: "Hello World, port 27017, World {2}", plain: "100% of it" });
  });

  test("that do not exist are the toolkit's bug, with their name", async () => {
    await expect(harness.returned(`return { text = messages.missing() }`, parts)).rejects.toMatchObject({
      code: "PLUGIN_BUG",
      message: expect.stringContaining("virtual/configure.lua:1: the locale en-us has no message 'missing'"),
    });
  });

  test("are what Fail tells the user", async () => {
    await expect(harness.returned(`Fail(messages.greeting("you", 1))`, parts)).rejects.toMatchObject({
      code: "PLUGIN_USER_ERROR",
      message: "Hello you, port 1, you {2}.",
    });
  });
});

test("print goes to the toolkit's log", async () => {
  await harness.returned(`print("size", 5.0, nil, true) return {}`);
  expect(harness.lines.filter(({ level }) => level === "INFO").map(({ message }) => message)).toContain("size\t5\tnil\ttrue");
});
