import type { EngineError } from "@opendvp/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writePlugin } from "./support/build-plugin.ts";
import { createHarness, type RuntimeHarness } from "./support/runtime-harness.ts";

const HANGS = `console.log("reading"); console.error("waiting"); for (;;);`;
const EXITS = `console.log("reading"); console.error("giving up"); process.exit(3);`;
const OUT_OF_TIME = {
  code: "PLUGIN_INVALID",
  message: "The plugin Fixture 1.2.0 cannot be loaded: loading it did not end within 1 s; its process was ended.",
};
const DIED = { code: "PLUGIN_INVALID", message: "The plugin Fixture 1.2.0 cannot be loaded: its process ended with exit code 3." };

let engine: RuntimeHarness;
let build: RuntimeHarness;

beforeAll(async () => {
  engine = await createHarness({ areLogsKept: true, limits: { startLimitMs: 1000 } });
  build = await createHarness({ limits: { startLimitMs: 1000 } });
});
afterAll(async () => {
  await engine.close();
  await build.close();
});

const refusal = async (harness: RuntimeHarness, code: string): Promise<EngineError> =>
  (await harness.runtime.describe(await writePlugin(code, { buildNumber: "1.2.0" })).catch((thrown: unknown) => thrown)) as EngineError;

test.each([
  ["hangs", HANGS, OUT_OF_TIME, "waiting"],
  ["ends its process", EXITS, DIED, "giving up"],
] as const)(
  "a plugin that %s at its import leaves in its log what it printed, and what became of it",
  async (...[, code, told, printed]) => {
    engine.lines.splice(0);
    const error = await refusal(engine, code);
    expect(error).toMatchObject({ ...told, details: { stderr: printed } });
    expect(error.action).toMatch(/ What it printed is in the plugin's log\.$/);
    const lines = engine.lines.map(({ plugin, level, prefix, message }) => [plugin, level, prefix, message].join(" "));
    expect(lines).toContain("Fixture INFO [load] reading");
    expect(lines).toContain(`Fixture WARNING [load] ${printed}`);
    expect(lines).toContain(`Fixture ERROR [load] ${told.message}`);
  },
);

test.each([
  [
    "hangs",
    HANGS,
    OUT_OF_TIME,
    "Look at what the plugin's code does when it is loaded: waiting, and work that takes long, belong in operations.",
  ],
  ["ends its process", EXITS, DIED, "Look for what ends the process when the plugin's code is loaded: a plugin must not do that."],
] as const)("nobody is sent to a log that there is not, as in a build, by one that %s", async (...[, code, told, action]) => {
  build.lines.splice(0);
  expect(await refusal(build, code)).toMatchObject({ ...told, action });
  expect(build.lines.map(({ message }) => message)).not.toContain(told.message);
});
