import { PLUGIN_OBJECT, WIRE_ERROR_CODES, type PluginObject } from "@opendvp/plugin-protocol";
import { expect, test } from "vitest";
import { LoadedPlugin } from "../../../src/node/runner/loaded-plugin.ts";

/** What an SDK makes, whichever its version: an artifact brings its own along. */
function loaded(result: unknown): LoadedPlugin {
  const plugin: PluginObject = {
    [PLUGIN_OBJECT]: {
      pluginType: "DIRECT",
      operations: () => ["virtual.start"],
      migrationIds: () => ["2"],
      warnings: () => [],
      invoke: () => Promise.resolve(result),
    },
  };
  const running = new LoadedPlugin();
  running.use(plugin);
  return running;
}

const { signal } = new AbortController();

test("a migration that gives nothing is a bug of its plugin, and not one of another kind", async () => {
  await expect(loaded(undefined).run("upgrade.virtualSource", { migrationId: "2", old: {} }, signal)).rejects.toMatchObject({
    code: WIRE_ERROR_CODES.pluginBug,
    message: "The migration of upgrade.virtualSource did not return an object.",
  });
  expect(await loaded(null).run("upgrade.snapshot", { migrationId: "2", old: {} }, signal)).toBeNull();
});

test("an operation that gives nothing answers null", async () => {
  expect(await loaded(undefined).run("virtual.start", {}, signal)).toBeNull();
});
