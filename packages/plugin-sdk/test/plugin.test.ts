import { describe, expect, test } from "vitest";
import { PLUGIN_OBJECT, type PluginObject } from "@opendvp/plugin-protocol";
import type { JsonObject } from "@opendvp/model";
import { operationTable } from "@opendvp/model";
import { DirectPlugin, StagedPlugin, StagedSource, type Definitions, type VirtualSource } from "../src/index.ts";
import { connection } from "./support/values.ts";

const never = new AbortController().signal;
const surface = (plugin: PluginObject) => plugin[PLUGIN_OBJECT];

describe.each([
  ["DIRECT", () => new DirectPlugin<Definitions>()],
  ["STAGED", () => new StagedPlugin<Definitions>()],
] as const)("a %s plugin", (pluginType, create) => {
  test("offers a registration for every operation of its type, and for no other", () => {
    const plugin = create();
    const offered = (["discovery", "linked", "virtual"] as const).flatMap((group) =>
      Object.getOwnPropertyNames(Object.getPrototypeOf(plugin[group]))
        .filter((name) => name !== "constructor")
        .map((name) => `${group}.${name}`),
    );
    expect(offered.sort()).toEqual(Object.keys(operationTable(pluginType)).sort());
  });

  test("tells its type and what has a handler", () => {
    const plugin = create();
    plugin.virtual.cleanup(() => undefined);
    expect(surface(plugin).pluginType).toBe(pluginType);
    expect(surface(plugin).operations()).toEqual(["virtual.cleanup"]);
  });
});

test("a second handler and a handler that is no function are refused when they are registered", () => {
  const plugin = new DirectPlugin<Definitions>();
  plugin.virtual.start(() => undefined);
  expect(() => {
    plugin.virtual.start(() => undefined);
  }).toThrow("The operation virtual.start already has a handler; register one handler only.");
  expect(() => {
    plugin.virtual.stop("stop" as never);
  }).toThrow("The argument 'handler' of virtual.stop is a string; it must be a function.");
});

test("a handler with too many parameters is a warning", () => {
  const plugin = new DirectPlugin<Definitions>();
  plugin.virtual.start(((_a: unknown, _b: unknown, _c: unknown) => undefined) as never);
  expect(surface(plugin).warnings()).toEqual([expect.stringContaining("virtual.start has 3 parameters")]);
});

test("handlers get classes for sources and plain objects for the plugin's own definitions", async () => {
  const plugin = new StagedPlugin<Definitions>();
  const seen: unknown[] = [];
  plugin.linked.worker((input, context) => void seen.push(input.stagedSource, input.repository, context.signal));
  plugin.virtual.stop((input) => void seen.push(input.virtualSource));
  const mount = { remoteEnvironment: connection.environment, mountPath: "/mnt/a", sharedPath: null };
  const stagedSource = {
    guid: "g",
    sourceConnection: connection,
    stagedConnection: connection,
    parameters: { a: 1 },
    mount,
    mounts: [mount],
  };
  await surface(plugin).invoke("linked.worker", { stagedSource, repository: { path: "/x" }, sourceConfig: {} }, never);
  await surface(plugin).invoke("virtual.stop", { virtualSource: { guid: "v", connection, parameters: {}, mounts: [mount] } }, never);
  const [staged, repository, signal, virtual] = seen;
  expect(staged).toBeInstanceOf(StagedSource);
  expect((staged as StagedSource).mount?.mountPath).toBe("/mnt/a");
  expect([repository, signal]).toEqual([{ path: "/x" }, never]);
  expect((virtual as VirtualSource).mounts[0]?.mountPath).toBe("/mnt/a");
});

test("a staged source with several mounts has no single one", () => {
  const mount = { remoteEnvironment: "UNIX_HOST_ENVIRONMENT-1", mountPath: "/mnt/a" };
  const value = {
    guid: "g",
    sourceConnection: connection,
    stagedConnection: connection,
    parameters: {},
    mount: null,
    mounts: [mount, mount],
  };
  const source = StagedSource.fromWire(value);
  expect([source.mount, source.mounts.length]).toEqual([null, 2]);
});

describe("data migrations", () => {
  test("are told in numeric order by canonical ids", () => {
    const plugin = new DirectPlugin<Definitions>();
    for (const id of ["1.10", "1.9", "02.0"]) plugin.upgrade.snapshot(id, ({ oldSnapshot }) => oldSnapshot);
    expect(surface(plugin).migrationIds()).toEqual(["1.9", "1.10", "2"]);
  });

  test.each([["1.2.0"], ["01.02"]])("an id is unique over all kinds: %s is 1.2", (id) => {
    const plugin = new DirectPlugin<Definitions>();
    plugin.upgrade.repository("1.2", ({ oldRepository }) => oldRepository);
    expect(() => {
      plugin.upgrade.snapshot(id, ({ oldSnapshot }) => oldSnapshot);
    }).toThrow(/already used by upgrade\.repository/);
  });

  test.each([["0"], ["1..2"], ["v1"], [""]])("%j is no id", (id) => {
    const plugin = new DirectPlugin<Definitions>();
    expect(() => {
      plugin.upgrade.snapshot(id, ({ oldSnapshot }) => oldSnapshot);
    }).toThrow(/migration id/);
  });

  test("from versions of a Lua toolkit are told by kind, ordered by parts", async () => {
    const plugin = new DirectPlugin<Definitions>();
    for (const luaVersion of ["1.10", "01.9"])
      plugin.upgrade.snapshot({ luaVersion }, ({ oldSnapshot }) => ({ ...oldSnapshot, luaVersion }));
    plugin.upgrade.virtualSource({ luaVersion: "1.9" }, ({ oldVirtualSource }) => oldVirtualSource);
    plugin.upgrade.snapshot("1.9", ({ oldSnapshot }) => oldSnapshot);
    expect(surface(plugin).luaMigrations?.()).toEqual({ snapshot: ["1.9", "1.10"], virtualSource: ["1.9"] });
    expect(surface(plugin).migrationIds()).toEqual(["1.9"]);
    const old = { path: "/x" };
    expect(await surface(plugin).invoke("upgrade.snapshot", { luaVersion: "1.10", old }, never)).toEqual({ ...old, luaVersion: "1.10" });
    expect(await surface(plugin).invoke("upgrade.repository", { luaVersion: "1.10", old }, never)).toBeNull();
  });

  test("from a version of a Lua toolkit there is one of each kind", () => {
    const plugin = new DirectPlugin<Definitions>();
    plugin.upgrade.snapshot({ luaVersion: "1.0" }, ({ oldSnapshot }) => oldSnapshot);
    expect(() => {
      plugin.upgrade.snapshot({ luaVersion: "01.00" }, ({ oldSnapshot }) => oldSnapshot);
    }).toThrow(/two migrations of upgrade\.snapshot/);
  });

  test.each([["1"], ["1.2.3"], ["v1.0"], [""]])("%j is no version of a Lua toolkit", (luaVersion) => {
    const plugin = new DirectPlugin<Definitions>();
    expect(() => {
      plugin.upgrade.snapshot({ luaVersion }, ({ oldSnapshot }) => oldSnapshot);
    }).toThrow(/luaVersion/);
  });

  test("run on the objects of their own kind", async () => {
    const plugin = new DirectPlugin<Definitions>();
    plugin.upgrade.repository("1", ({ oldRepository }): JsonObject => ({ ...oldRepository, isNew: true }));
    const params = { migrationId: "1", old: { path: "/x" } };
    expect(await surface(plugin).invoke("upgrade.repository", params, never)).toEqual({ path: "/x", isNew: true });
    expect(await surface(plugin).invoke("upgrade.snapshot", params, never)).toBeNull();
  });

  test.each([
    ["nothing", undefined],
    ["null", null],
    ["a list", []],
    ["a text", "done"],
  ])("that give %s fail: they are not taken for migrations of another kind", async (_what, result) => {
    const plugin = new DirectPlugin<Definitions>();
    const forgets = (): JsonObject => result as never;
    plugin.upgrade.virtualSource("2", forgets);
    plugin.upgrade.virtualSource({ luaVersion: "1.0" }, () => Promise.resolve(forgets()));
    for (const [key, says] of [
      [{ migrationId: "2" }, "The migration '2' of upgrade.virtualSource did not return an object"],
      [{ luaVersion: "1.0" }, "The migration from the Lua version '1.0' of upgrade.virtualSource did not return an object"],
    ] as const)
      await expect(surface(plugin).invoke("upgrade.virtualSource", { ...key, old: {} }, never)).rejects.toThrow(says);
  });
});
