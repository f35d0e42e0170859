import { EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import type { PluginRelease } from "../../src/entities/plugin.ts";
import { migrationsFor } from "../../src/plugins/migration/migration-plan.ts";

const plugin: PluginRelease = { ...EXAMPLES.plugin, migrationIds: [] };
const toolkit = (buildNumber: string, from: readonly string[] = []): PluginRelease => ({
  ...plugin,
  kind: "TOOLKIT",
  buildNumber,
  luaMigrations: { snapshot: from },
});

test.each([
  { installed: "1.1.4", next: "1.2.0", from: "1.1", runs: ["1.1"] },
  { installed: "1.0.0", next: "1.2.0", from: "1.1", runs: [] },
  { installed: "1.2.0", next: "1.2.1", from: "1.1", runs: [] },
  { installed: "1.1.0", next: "1.1.1", from: "1.1", runs: [] },
])("of toolkit $next the scripts from $from run where $installed is installed: $runs", ({ installed, next, from, runs }) => {
  expect(migrationsFor("snapshot", toolkit(installed), toolkit(next, [from]))).toEqual(runs.map((luaVersion) => ({ luaVersion })));
});

test("a plugin's run one after the other, from the toolkit's version on, before the ordinary ones", () => {
  const next: PluginRelease = { ...plugin, luaMigrations: { snapshot: ["1.0", "1.1", "1.2"] }, migrationIds: ["1"] };
  expect(migrationsFor("snapshot", toolkit("1.1.0"), next)).toEqual([{ luaVersion: "1.1" }, { luaVersion: "1.2" }, { migrationId: "1" }]);
});
