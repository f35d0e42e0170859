import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DEFAULT_PLUGIN_LIMITS } from "../src/index.ts";

const MIB = 1024 * 1024;
const rows = readFileSync(new URL("../../../docs/reference/plugin-guards.md", import.meta.url), "utf8").split("\n");

test.each([
  ["memoryLimitBytes", `${DEFAULT_PLUGIN_LIMITS.memoryLimitBytes / MIB} MiB`],
  ["processLimit", String(DEFAULT_PLUGIN_LIMITS.processLimit)],
  ["outputLimitBytes", `${DEFAULT_PLUGIN_LIMITS.outputLimitBytes / MIB} MiB`],
  ["startLimitMs", `${DEFAULT_PLUGIN_LIMITS.startLimitMs / 1000} s`],
  ["uidCount", String(DEFAULT_PLUGIN_LIMITS.uidCount)],
])("the page of guards says what plugins.%s is by default", (setting, written) => {
  expect(rows.find((row) => row.includes(`\`plugins.${setting}\``))).toContain(`| ${written} `);
});
