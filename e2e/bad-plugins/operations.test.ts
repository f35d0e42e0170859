import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { listAll, waitForJob } from "@opendvp/client";
import type { JsonObject } from "@opendvp/model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isRoot } from "../engine-under-test/index.ts";
import { ODD_LANGUAGES, startOddWorld, type OddLanguage, type OddWorld } from "./odd-world.ts";

interface Misdeed {
  /** What the plugin is told to do when it configures a VDB. */
  readonly how: string;
  readonly code: string;
  readonly says: RegExp;
}

const SCRIPT = String.raw`toolkit odd-toolkit 1\.0\.0, virtual/configure\.lua`;
const bug = (how: string, says: string): Misdeed => ({ how, code: "PLUGIN_BUG", says: new RegExp(says) });
const hang = (language: OddLanguage, how = "hang"): Misdeed => {
  return {
    how,
    code: "TIME_LIMIT",
    says: new RegExp(`virtual\\.configure of the (plugin|toolkit) odd-${language} 1(\\.0\\.0)? did not end within 8 s`),
  };
};
const wrongField = (language: OddLanguage): Misdeed => ({
  how: "wrong field",
  code: "PLUGIN_RESULT_INVALID",
  says: new RegExp(`What virtual\\.configure of plugin odd-${language} 1(\\.0\\.0)? returned cannot be accepted: .*path`),
});
const greedy = (how: string): Misdeed => ({ how, code: "PLUGIN_LIMIT", says: new RegExp(`${SCRIPT}: the script needed more than`) });

const MISDEEDS: Readonly<Record<OddLanguage, readonly Misdeed[]>> = {
  typescript: [
    hang("typescript"),
    bug("raise", String.raw`virtual\.configure of the plugin odd-typescript 1(\.0\.0)? failed: This is odd`),
    { how: "wrong class", code: "PLUGIN_RESULT_INVALID", says: /virtual\.configure/ },
    wrongField("typescript"),
  ],
  python: [
    hang("python"),
    bug("raise", String.raw`virtual\.configure of the plugin odd-python 1(\.0\.0)? failed: \w+\.py:\d+: RuntimeError: This is odd`),
    bug("wrong class", String.raw`virtual\.configure of the plugin odd-python 1(\.0\.0)? failed: .*SourceConfigDefinition`),
    bug("wrong field", String.raw`virtual\.configure of the plugin odd-python 1(\.0\.0)? failed: .*path.*str`),
  ],
  toolkit: [
    hang("toolkit"),
    hang("toolkit", "pattern"),
    bug("raise", `${SCRIPT}:\\d+: This is odd`),
    { how: "fail", code: "PLUGIN_USER_ERROR", says: /^This is odd\.$/ },
    bug("wrong class", SCRIPT),
    wrongField("toolkit"),
    greedy("table"),
    greedy("rep"),
    { how: "gsub", code: "PLUGIN_LIMIT", says: /odd-toolkit.* needed more than \d+ bytes of memory|the script needed more than/ },
    bug("no JSON", `${SCRIPT}:\\d+: RunBash: what the command has written to \\$DLPX_OUTPUT_FILE is no JSON; the mistake is in its line`),
    bug("another JSON", `${SCRIPT}:\\d+: RunBash: .*does not fit its outputSchema: name must be string`),
    {
      how: "huge JSON",
      code: "PLUGIN_LIMIT",
      says: new RegExp(`${SCRIPT}:\\d+: RunBash: the command has written 300000000 bytes to \\$DLPX_OUTPUT_FILE; 16777216 are read`),
    },
    bug("no schema", `${SCRIPT}:\\d+: RunBash: outputSchema is no JSON Schema: type must be one of`),
  ],
};

const bytesOf = (artifact: JsonObject): Uint8Array => new TextEncoder().encode(JSON.stringify(artifact));

/** Of the engine's process at its worst moment. */
const ENGINE_MEMORY_BYTES = 800 * 1024 ** 2;

describe.skipIf(!isRoot)("an operation of a plugin that does what it must not (needs root)", () => {
  let world: OddWorld;

  beforeAll(async () => {
    world = await startOddWorld();
  }, 180_000);
  afterAll(() => world[Symbol.asyncDispose]());

  const peakBytes = (): number => Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${world.engine.pid}/status`, "utf8"))?.[1]) * 1024;
  const vdbs = async (): Promise<readonly string[]> =>
    (await listAll((query) => world.engine.client.vdbs.list({ query }))).map(({ name }) => name);

  describe.each(ODD_LANGUAGES)("in %s", (language) => {
    test.each(MISDEEDS[language])("$how: the provision fails with $code, and is taken back", async ({ how, code, says }) => {
      const [before, installed] = [await vdbs(), await world.state()];
      await writeFile(`/proc/${world.engine.pid}/clear_refs`, "5");

      const error = await world.provision(language, `odd-${language}`, how);
      expect(error).toMatchObject({ code });
      expect(error?.message).toMatch(says);
      expect(error?.action).toMatch(/./);
      expect(peakBytes()).toBeLessThan(ENGINE_MEMORY_BYTES);
      expect(await vdbs()).toEqual(before);
      expect(await world.state()).toEqual(installed);
    });

    test("the next operation is answered by the same plugin as if nothing had been", async () => {
      expect(await world.provision(language, `after-${language}`)).toBeUndefined();
    });
  });

  test("a toolkit that discovers without end costs the discovery a warning with its name, and others nothing", async () => {
    const { client } = world.engine;
    const { artifact, repository } = world.of("toolkit");
    const discoveryDefinition = { ...(artifact["discoveryDefinition"] as JsonObject), repositoryDiscovery: "while true do end" };
    const endless = await client.plugins.upload({ body: bytesOf({ ...artifact, name: "odd-endless", discoveryDefinition }) });
    const [environment] = await listAll((query) => client.environments.list({ query }));
    const { job } = await client.environments.refresh({ params: { environmentId: environment?.id ?? "" } });
    await waitForJob(client, job.id);
    const { status, events } = await client.jobs.show({ params: { jobId: job.id } });
    expect(status).toBe("COMPLETED");
    expect(events.map(({ message }) => message).join("\n")).toMatch(
      /discovery\.repository of the toolkit odd-endless 1\.0\.0 did not end within 8 s/,
    );
    expect((await listAll((query) => client.repositories.list({ query }))).map(({ id }) => id)).toContain(repository);
    await client.plugins.delete({ params: { pluginId: endless.plugin_id } });
  });

  test("a pattern that explodes over a value costs the value its check, and the engine two seconds", async () => {
    const { client } = world.engine;
    const { artifact } = world.of("typescript");
    const { parameters, ...virtual } = artifact["virtualSourceDefinition"] as { readonly parameters: JsonObject };
    const properties = { ...(parameters["properties"] as JsonObject), how: { type: "string", pattern: "^(a+)+$" } };
    const virtualSourceDefinition = { ...virtual, parameters: { ...parameters, properties } };
    const { job } = await client.plugins.upload({ body: bytesOf({ ...artifact, buildNumber: "2", virtualSourceDefinition }) });
    await waitForJob(client, job?.id ?? "");
    const beganAt = performance.now();
    await expect(world.provision("typescript", "exploding", `${"a".repeat(60)}b`)).rejects.toMatchObject({
      code: "PLUGIN_LIMIT",
      message: expect.stringMatching(
        /cannot be checked within 2 s: the virtualSourceDefinition of odd-typescript 2 takes longer/,
      ) as string,
    });
    expect(performance.now() - beganAt).toBeLessThan(8000);
    expect(await world.provision("typescript", "not-exploding", "aaa")).toBeUndefined();
  });
});
