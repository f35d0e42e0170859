import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Json, JsonObject } from "@opendvp/model";
import { findPythons } from "@opendvp/testkit";
import { copyPythonPlugin } from "../support/build-plugin.ts";
import { createHarness, type RuntimeHarness } from "../support/runtime-harness.ts";

const python = [...(await findPythons())].findLast(([version]) => version.startsWith("3"))?.[1] ?? "";
const HEAD = "from dlpx.virtualization.platform import MigrationType, Plugin\nplugin = Plugin()\n";

/** The lines of Python that a page of the reference shows. */
function documented(page: string): string {
  const text = readFileSync(new URL(`../../../../docs/reference/${page}`, import.meta.url), "utf8");
  return [...text.matchAll(/^```python\n([^]*?)^```$/gm)].map(([, code = ""]) => code).join("\n");
}

describe.skipIf(python === "")("data migrations as the reference writes them", () => {
  let harness: RuntimeHarness;

  beforeAll(async () => {
    harness = await createHarness({ interpreters: { PYTHON311: python } });
  });
  afterAll(() => harness.close());

  test.each([
    {
      page: "python-plugins.md",
      code: documented("python-plugins.md"),
      lua: { snapshot: ["1.0"] },
      kind: "upgrade.snapshot",
      old: { snapshotTime: "noon" },
      migrated: { takenAt: "noon" },
    },
    {
      page: "plugin-upgrades.md",
      code: HEAD + documented("plugin-upgrades.md"),
      lua: { virtualSource: ["1.0"] },
      kind: "upgrade.virtualSource",
      old: { name: "a" },
      migrated: { name: "a", port: 5432 },
    },
  ])("run: $page", async ({ code, lua, kind, old, migrated }) => {
    const plugin = await copyPythonPlugin("well_behaved", { files: { "plugin_runner.py": code } });
    expect(await harness.runtime.describe(plugin)).toMatchObject({ migrationIds: ["2026.11.22"], luaMigrations: lua });
    const run = (operation: string, args: JsonObject): Promise<Json> =>
      harness.call(plugin, {}, { operation: operation as never, arguments: args });
    expect(await run(kind, { luaVersion: "1.0", old })).toEqual(migrated);
    expect(await run("upgrade.virtualSource", { migrationId: "2026.11.22", old })).toEqual({ ...old, isReadOnly: false });
  });
});
