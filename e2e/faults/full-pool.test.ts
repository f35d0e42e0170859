import { randomBytes } from "node:crypto";
import { appendFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { listAll } from "@opendvp/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installPlugin, isRoot, startEngineUnderTest, type EngineUnderTest, type InstalledPlugin } from "../engine-under-test/index.ts";
import { fillUp, makeSmallPool, SMALL_POOLS } from "./small-pools.ts";

const MIB = 1024 ** 2;
const FULL = { code: "STORAGE_FULL", action: expect.stringContaining("Delete") as string };

describe.skipIf(!isRoot).each(SMALL_POOLS)("a full pool (%s, needs root)", (kind) => {
  let engine: EngineUnderTest;
  let plugin: InstalledPlugin;
  let source: string;
  let resting: { readonly allow_stop?: true };
  let remove: () => Promise<void>;

  const path = (name: string, file = ""): string => join(engine.directory, "copies", name, file);
  const provision = (name: string) =>
    engine.run(
      engine.client.vdbs.provisionBySnapshot({
        body: { name, source_data_id: "tree", repository_id: plugin.repository, appdata_source_params: { mountPath: path(name) } },
      }),
    );
  const sync = () => engine.run(engine.client.dsources.sync({ params: { dsourceId: "tree" }, body: {} }));
  const snapshot = () => engine.run(engine.client.vdbs.snapshot({ params: { vdbId: "one" }, body: resting }));
  const snapshots = async () => (await listAll((query) => engine.client.snapshots.list({ query }))).map(({ id }) => id).sort();
  const faults = async () =>
    (await listAll((query) => engine.client.faults.list({ query }))).filter(({ status }) => status === "ACTIVE").map(({ code }) => code);

  /** Everything that the engine has made in its pool. */
  async function inPool(): Promise<readonly string[]> {
    const [pool] = await listAll((query) => engine.client.pools.list({ query }));
    const names = await readdir(pool?.location ?? "", { recursive: true });
    return names.filter((name) => /^[^/]+(\/[^/]+)?$/.test(name)).sort();
  }

  /** How things stand that a failure must leave as they are. */
  const standing = async () => ({ pool: await inPool(), snapshots: await snapshots(), mine: await readFile(path("two", "mine"), "utf8") });

  beforeAll(async () => {
    const pool = await makeSmallPool(kind);
    remove = pool.remove;
    engine = await startEngineUnderTest({ storage: pool.storage });
    plugin = await installPlugin(engine, "directory");
    resting = kind === "embedded" ? {} : { allow_stop: true };
    source = join(engine.directory, "source");
    await mkdir(source);
    await writeFile(join(source, "data"), randomBytes(4 * MIB));
    await engine.run(engine.client.dsources.linkAppdata({ body: { name: "tree", source_id: await plugin.addSource(source) } }));
    for (const name of ["one", "two"]) {
      await provision(name);
      await writeFile(path(name, "mine"), name);
    }
    await writeFile(path("one", "more"), randomBytes(12 * MIB));
    await fillUp(path("two", "filler"), 8 * MIB);
  });
  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
    await remove();
  });

  it("fails a sync in its midst, which leaves nothing", async () => {
    const before = await standing();
    await writeFile(join(source, "big"), randomBytes(48 * MIB));
    await expect(sync()).rejects.toMatchObject(FULL);
    expect(await standing()).toEqual(before);
    expect(await faults()).toEqual(["SYNC_FAILED"]);
  });

  it("tells who writes into a copy, and nobody else", async () => {
    await expect(appendFile(path("one", "log"), randomBytes(64 * MIB))).rejects.toMatchObject({ code: "ENOSPC" });
    expect(await engine.client.vdbs.show({ params: { vdbId: "two" } })).toMatchObject({ status: "ACTIVE" });
    expect(await readFile(path("two", "mine"), "utf8")).toBe("two");
    expect(await faults()).toEqual(["SYNC_FAILED"]);
  });

  it("fails a snapshot that has no room, which leaves nothing, and the copy as it was", async () => {
    const before = await standing();
    const error = await snapshot().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    // A thin one may still find the little that it needs.
    if (kind === "copy" || error !== undefined) {
      expect(error).toMatchObject(FULL);
      expect(await standing()).toEqual(before);
    } else expect(await snapshots()).toHaveLength(before.snapshots.length + 1);
    expect(await readFile(path("one", "mine"), "utf8")).toBe("one");
    expect(await engine.client.vdbs.show({ params: { vdbId: "one" } })).toMatchObject({ status: "ACTIVE" });
  });

  it("works again once something was freed", async () => {
    for (const file of [path("two", "filler"), path("one", "log")]) await rm(file, { force: true });
    await sync();
    expect(await faults()).toEqual([]);
    await snapshot();
    await provision("three");
    expect((await readFile(path("three", "big"))).equals(await readFile(join(source, "big")))).toBe(true);
  });
});
