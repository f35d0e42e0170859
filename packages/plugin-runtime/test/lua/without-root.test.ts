import { afterAll, beforeAll, expect, test } from "vitest";
import { createPlainLauncher } from "../../src/guards/plain-launcher.ts";
import { createLuaHarness, type LuaHarness } from "./support/lua-harness.ts";

const MIB = 1024 * 1024;

let harness: LuaHarness;

beforeAll(async () => {
  const launcher = createPlainLauncher({ memoryLimitBytes: 300 * MIB, processLimit: 256, missingGuards: ["No root."] });
  harness = await createLuaHarness({}, launcher);
});
afterAll(() => harness.close());

test("toolkits run as ordinary children", async () => {
  const script = `return { value = RunBash { environment = source.environment, user = source.environmentUser,
    command = "echo 1 > $DLPX_OUTPUT_FILE", outputSchema = { type = "integer" } } }`;
  expect(await harness.returned(script)).toEqual({ value: 1 });
});

test("and Lua's own limit of memory holds", async () => {
  await expect(harness.returned(`local t = {} while true do t[#t + 1] = { #t } end`)).rejects.toMatchObject({
    code: "PLUGIN_LIMIT",
    details: { limit: "memory", limitBytes: 150 * MIB },
  });
});
