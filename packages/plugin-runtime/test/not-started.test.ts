import type { EngineError } from "@opendvp/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writePlugin } from "./support/build-plugin.ts";
import { createHarness, type RuntimeHarness } from "./support/runtime-harness.ts";

const HANGS = {
  what: "hangs",
  code: `console.log("reading"); console.error("waiting"); for (;;);`,
  printed: "waiting",
  message: "The plugin Fixture 1.2.0 cannot be loaded: loading it did not end within 1 s; its process was ended.",
  action: "Look at what the plugin's code does when it is loaded: waiting, and work that takes long, belong in operations.",
};
const EXITS = {
  what: "ends its process",
  code: `console.log("reading"); console.error("giving up"); process.exit(3);`,
  printed: "giving up",
  message: "The plugin Fixture 1.2.0 cannot be loaded: its process ended with exit code 3.",
  action: "Look for what ends the process when the plugin's code is loaded: a plugin must not do that.",
};

const OPTIONS = { limits: { startLimitMs: 1000 }, cancelGraceMs: 100 };

let engine: RuntimeHarness;
let build: RuntimeHarness;

beforeAll(async () => {
  engine = await createHarness({ ...OPTIONS, areLogsKept: true });
  build = await createHarness(OPTIONS);
});
afterAll(async () => {
  await engine.close();
  await build.close();
});

const refusal = async ({ runtime }: Pick<RuntimeHarness, "runtime">, code: string): Promise<EngineError> =>
  (await runtime.describe(await writePlugin(code, { buildNumber: "1.2.0" })).catch((thrown: unknown) => thrown)) as EngineError;

test.each([HANGS, EXITS])(
  "the error of a plugin that $what at its import has what it printed: nothing else is needed to see why",
  async (bad) => {
    const { code, message, action, printed } = bad;
    const error = await refusal(build, code);
    expect(error).toMatchObject({ code: "PLUGIN_INVALID", message, action });
    expect((error.details["output"] as string).split("\n").sort()).toEqual([printed, "reading"].sort());
    expect(error.details).not.toHaveProperty("stderr");
  },
);

test.each([HANGS, EXITS])("and so has its log, where one is kept: $what", async ({ code, message, printed }) => {
  for (const { runtime, lines, isKept } of [
    { ...engine, isKept: true },
    { ...build, isKept: false },
  ]) {
    lines.splice(0);
    await refusal({ runtime }, code);
    const told = lines.map(({ plugin, level, prefix, message: words }) => [plugin, level, prefix, words].join(" "));
    expect(told).toContain("Fixture INFO [load] reading");
    expect(told).toContain(`Fixture WARNING [load] ${printed}`);
    expect(told.includes(`Fixture ERROR [load] ${message}`)).toBe(isKept);
  }
});
