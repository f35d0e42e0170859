import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isRoot } from "../engine-under-test/index.ts";
import { BAD_ARTIFACTS } from "./bad-artifacts.ts";
import { ODD_LANGUAGES, startOddWorld, type OddWorld } from "./odd-world.ts";

/** Of the engine's process at its worst moment: an artifact of 64 MiB is read, parsed and unpacked in it. */
const ENGINE_MEMORY_BYTES = 1024 ** 3;
const LONGEST_MS = 25_000;

describe.skipIf(!isRoot)("an upload of an artifact (needs root)", () => {
  let world: OddWorld;
  let before: unknown;

  beforeAll(async () => {
    world = await startOddWorld();
    before = await world.state();
  }, 180_000);
  afterAll(() => world[Symbol.asyncDispose]());

  /** What the kernel counted as the most that the engine had in memory since it was last reset. */
  const peakBytes = (): number => Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${world.engine.pid}/status`, "utf8"))?.[1]) * 1024;

  describe.each(ODD_LANGUAGES)("in %s", (language) => {
    test.each(BAD_ARTIFACTS[language])("$what is refused by name and place, and what is installed stays", async (bad) => {
      const { artifact, label } = world.of(language);
      const next = { ...artifact, ...(language === "toolkit" ? { version: "1.1.0" } : { buildNumber: "1.1" }) };
      await writeFile(`/proc/${world.engine.pid}/clear_refs`, "5");
      const beganAt = performance.now();

      const error = await world.refusalOf(bad.make(next));
      expect(performance.now() - beganAt).toBeLessThan(LONGEST_MS);
      expect(error).toMatchObject({ code: bad.code });
      expect(error?.message).toMatch(bad.says);
      expect(error?.message).not.toMatch(/undefined|\[object|Cannot read|call stack/);
      expect(error?.action).toMatch(/./);
      if (bad.isNameless !== true) expect(error?.message.toLowerCase().replaceAll(" ", "-")).toContain(`${label}-1.1`);
      expect(peakBytes()).toBeLessThan(ENGINE_MEMORY_BYTES);
      expect(await world.state()).toEqual(before);
    });

    test("leaves in the log by which name and why it did not start", async () => {
      const { label } = world.of(language);
      const log = join(world.engine.dataDirectory, "plugin-logs", label, "error.log");
      const [kind, why] = language === "toolkit" ? ["toolkit", "virtual/configure.lua:2: "] : ["plugin", ".*did not end within 10 s"];
      await expect.poll(() => readFile(log, "utf8")).toMatch(new RegExp(`\\[load\\] The ${kind} ${label} cannot be loaded: ${why}`));
    });

    test("leaves an installed version that works on", async () => {
      const { client, run } = world.engine;
      await run(client.vdbs.refreshBySnapshot({ params: { vdbId: `copy-${language}` }, body: {} }));
      expect(await world.provision(language, `after-${language}`)).toBeUndefined();
    });
  });
});
