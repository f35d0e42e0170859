import { open, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "@opendvp/model";
import { describe, expect, test } from "vitest";
import { installPlugin, isRoot, startEngineUnderTest } from "../engine-under-test/index.ts";

const MIB = 1024 ** 2;

describe.skipIf(!isRoot)("an upload to an engine whose disk is full (needs root)", () => {
  test("is refused with what to do, leaves what is installed, and nothing else; with room it is taken", { timeout: 120_000 }, async () => {
    await using engine = await startEngineUnderTest({ storage: "copy", dataDirectoryBytes: 64 * MIB });
    const { plugin } = await installPlugin(engine, "directory");
    const artifact = JSON.parse(await readFile(join(engine.directory, "directory.json"), "utf8")) as JsonObject;
    const next = new TextEncoder().encode(JSON.stringify({ ...artifact, buildNumber: "9" }));
    const store = join(engine.dataDirectory, "artifacts");
    const stored = async (): Promise<readonly string[]> => (await readdir(store, { recursive: true })).sort();
    const before = await stored();
    const filling = join(engine.dataDirectory, "filling");
    await fill(filling);

    await expect(engine.client.plugins.upload({ body: next })).rejects.toMatchObject({
      code: "CATALOG_FAILED",
      message: expect.stringMatching(/no space|full/i) as string,
      action: expect.stringContaining("Free space") as string,
    });
    expect(await stored()).toEqual(before);
    expect((await engine.client.plugins.show({ params: { pluginId: plugin } })).build_number).toBe(artifact["buildNumber"]);

    await rm(filling);
    await engine.run(engine.client.plugins.upload({ body: next }).then(({ job }) => ({ job: job ?? never() })));
    expect((await engine.client.plugins.show({ params: { pluginId: plugin } })).build_number).toBe("9");
  });
});

/** Writes until nothing fits any more. */
async function fill(path: string): Promise<void> {
  await writeFile(path, "");
  const file = await open(path, "a");
  for (const size of [MIB, 4096, 1]) {
    const piece = Buffer.alloc(size, 1);
    for (let isFull = false; !isFull;) {
      isFull = await file.write(piece).then(
        () => false,
        () => true,
      );
    }
  }
  await file.close();
}

function never(): never {
  throw new Error("Nothing was upgraded.");
}
