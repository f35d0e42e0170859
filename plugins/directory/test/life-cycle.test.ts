import { appendFile, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { listAll } from "@opendvp/client";
import { fingerprintOf } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  BACK_ENDS,
  canSnapshotRunning,
  canUse,
  installPlugin,
  startEngineUnderTest,
  type EngineUnderTest,
  type InstalledPlugin,
} from "../../../e2e/engine-under-test/index.ts";

for (const storage of BACK_ENDS)
  describe.skipIf(!canUse(storage))(`virtual copies of a directory tree on ${storage} (needs root, and for zfs ZFS)`, () => {
    let engine: EngineUnderTest;
    let plugin: InstalledPlugin;
    let source: string;
    /** Asked for where the pool cannot snapshot what runs, and only there. */
    const resting = canSnapshotRunning(storage) ? {} : { allow_stop: true };

    beforeAll(async () => {
      engine = await startEngineUnderTest({ storage });
      plugin = await installPlugin(engine, "directory");
      source = join(engine.directory, "source");
      await mkdir(join(source, "folder"), { recursive: true });
      for (let file = 0; file < 50; file++) await writeFile(join(source, "folder", `${file}`), `content ${file}\n`.repeat(100));
    });
    afterAll(() => engine[Symbol.asyncDispose]());

    // zfs-fuse keeps the whole seconds of a time that is set, and leaves out the rest.
    const contentOf = async (directory: string): Promise<string> =>
      storage === "zfs" ? (await fingerprintOf(directory)).replaceAll(/(\|\d+)\.\d{10}(?=[|?])/g, "$1") : fingerprintOf(directory);
    const pathOf = (copy: string): string => join(engine.directory, "copies", copy);
    const params = { vdbId: "one" };
    const provision = (
      name: string,
      more: { readonly snapshot_id?: string; readonly source_data_id?: string } = { source_data_id: "tree" },
    ) =>
      engine.run(
        engine.client.vdbs.provisionBySnapshot({
          body: { name, repository_id: plugin.repository, appdata_source_params: { mountPath: pathOf(name) }, ...more },
        }),
      );
    const snapshotsOf = (dataset: string) =>
      listAll((query) => engine.client.snapshots.list({ query })).then((all) => all.filter(({ dataset_name }) => dataset_name === dataset));
    const mounts = () => readFile("/proc/self/mountinfo", "utf8");
    const shown = (vdbId: string) => engine.client.vdbs.show({ params: { vdbId } });

    it("finds one repository, with rsync's version, and no sources by itself", async () => {
      const repositories = await listAll((query) => engine.client.repositories.list({ query }));
      expect(repositories).toMatchObject([
        { name: "Directory trees", parameters: { rsyncVersion: expect.stringMatching(/^\d/) as string } },
      ]);
      expect(await listAll((query) => engine.client.sources.list({ query }))).toEqual([]);
    });

    it("links a tree, and describes the snapshot", async () => {
      const sourceId = await plugin.addSource(source);
      await engine.run(engine.client.dsources.linkAppdata({ body: { name: "tree", source_id: sourceId } }));
      const [snapshot] = await snapshotsOf("tree");
      const bytes = (await Promise.all([...Array(50).keys()].map((file) => stat(join(source, "folder", `${file}`))))).reduce(
        (sum, { size }) => sum + size,
        0,
      );
      expect(snapshot?.appdata_metadata).toMatchObject({ path: source, sourceFiles: 50, sourceBytes: bytes });
      expect(await engine.client.dsources.show({ params: { dsourceId: "tree" } })).toMatchObject({ status: "ACTIVE" });
      await expect.poll(async () => (await engine.client.dsources.show({ params: { dsourceId: "tree" } })).size).toBeGreaterThan(1000);
    });

    it("hands out copies that equal the source and are each other's strangers", async () => {
      await provision("one");
      await provision("two");
      const original = await contentOf(source);
      expect(await contentOf(pathOf("one"))).toBe(original);
      await writeFile(join(pathOf("one"), "new file"), "made in the copy");
      await rm(join(pathOf("one"), "folder", "7"));
      expect(await contentOf(pathOf("two"))).toBe(original);
      expect(await contentOf(source)).toBe(original);
      expect((await shown("one")).appdata_config_params).toEqual({ name: pathOf("one"), path: pathOf("one") });
    });

    it("keeps a snapshot of a copy, and goes back to it", async () => {
      const changed = await contentOf(pathOf("one"));
      await engine.run(engine.client.vdbs.snapshot({ params, body: resting }));
      await rm(join(pathOf("one"), "folder"), { recursive: true });
      await engine.run(engine.client.vdbs.rollbackBySnapshot({ params, body: {} }));
      expect(await contentOf(pathOf("one"))).toBe(changed);
      const data = (await snapshotsOf("one")).map(({ appdata_metadata }) => appdata_metadata);
      expect(data).toContainEqual({ path: pathOf("one"), takenAt: expect.any(String) as string });
    });

    const refusesToSnapshotRunning = it.skipIf(canSnapshotRunning(storage));
    refusesToSnapshotRunning("refuses to snapshot a running copy where that would be of no single moment (needs such a pool)", async () => {
      await expect(engine.run(engine.client.vdbs.snapshot({ params }))).rejects.toMatchObject({ code: "STATE_UNSUITABLE" });
      expect(await shown("one")).toMatchObject({ status: "ACTIVE" });
    });

    it("undoes the rewind, and the undo", async () => {
      const rewound = await contentOf(pathOf("one"));
      await engine.run(engine.client.vdbs.undo({ params }));
      await expect(stat(join(pathOf("one"), "folder"))).rejects.toThrow(/ENOENT/);
      await engine.run(engine.client.vdbs.undo({ params }));
      expect(await contentOf(pathOf("one"))).toBe(rewound);
    });

    it("refreshes a copy to the newest sync, and undoes that", async () => {
      const before = await contentOf(pathOf("one"));
      await appendFile(join(source, "folder", "3"), "and more\n");
      await rm(join(source, "folder", "4"));
      await engine.run(engine.client.dsources.sync({ params: { dsourceId: "tree" }, body: {} }));
      await engine.run(engine.client.vdbs.refreshBySnapshot({ params, body: {} }));
      expect(await contentOf(pathOf("one"))).toBe(await contentOf(source));
      await engine.run(engine.client.vdbs.undo({ params }));
      expect(await contentOf(pathOf("one"))).toBe(before);
    });

    it("provisions a copy of a copy", async () => {
      await provision("three", { source_data_id: "one" });
      // The latest snapshot of the copy's own history, which the undo of the refresh brought back.
      expect(await readFile(join(pathOf("three"), "new file"), "utf8")).toBe("made in the copy");
    });

    it("keeps copies out of the source, where the next sync would copy them", async () => {
      for (const mountPath of [join(source, "folder", "copy"), source]) {
        const body = { name: "inside", source_data_id: "tree", repository_id: plugin.repository, appdata_source_params: { mountPath } };
        await expect(engine.run(engine.client.vdbs.provisionBySnapshot({ body }))).rejects.toMatchObject({
          code: "MOUNT_POINT_REFUSED",
          message: expect.stringContaining("which the dSource tree is copied from") as string,
        });
      }
      await expect(stat(join(source, "folder", "copy"))).rejects.toThrow(/ENOENT/);
      await expect(shown("inside")).rejects.toMatchObject({ code: "NOT_FOUND" });
    });

    it("stops, starts, disables and enables without losing a byte", async () => {
      const before = await contentOf(pathOf("one"));
      await engine.run(engine.client.vdbs.stop({ params }));
      expect(await shown("one")).toMatchObject({ wanted_state: "STOPPED", status: "INACTIVE" });
      expect(await contentOf(pathOf("one"))).toBe(before);
      await engine.run(engine.client.vdbs.start({ params }));
      expect(await shown("one")).toMatchObject({ wanted_state: "RUNNING", status: "ACTIVE" });
      await engine.run(engine.client.vdbs.disable({ params }));
      await expect(stat(pathOf("one"))).rejects.toThrow(/ENOENT/);
      await engine.run(engine.client.vdbs.enable({ params }));
      expect(await contentOf(pathOf("one"))).toBe(before);
    });

    it("comes back as it was wanted after a reboot, which leaves neither process nor mount", async () => {
      const before = await contentOf(pathOf("one"));
      await engine.run(engine.client.vdbs.stop({ params: { vdbId: "two" } }));
      await engine.kill();
      await engine.unmountAll();
      expect(await mounts()).not.toContain(pathOf("one"));
      await engine.restart();
      for (const path of ["one", "two"].map(pathOf)) await expect.poll(mounts, { timeout: 20_000 }).toContain(path);
      expect(await contentOf(pathOf("one"))).toBe(before);
      expect(await shown("two")).toMatchObject({ wanted_state: "STOPPED" });
      await engine.run(engine.client.vdbs.start({ params: { vdbId: "two" }, query: { wait: true } }));
      expect(await shown("two")).toMatchObject({ status: "ACTIVE" });
    });

    it("makes an empty copy that its environment user can fill", async () => {
      await engine.run(
        engine.client.vdbs.createEmpty({
          body: { name: "empty", repository_id: plugin.repository, appdata_source_params: { mountPath: pathOf("empty") } },
        }),
      );
      const { uid } = await stat(pathOf("empty"));
      expect(uid).not.toBe(0);
      await writeFile(join(pathOf("empty"), "first"), "filled");
      await engine.run(engine.client.vdbs.snapshot({ params: { vdbId: "empty" }, body: resting }));
      await provision("copy of empty", { source_data_id: "empty" });
      expect(await readFile(join(pathOf("copy of empty"), "first"), "utf8")).toBe("filled");
    });

    it("refuses to delete what others depend on, then deletes all and leaves nothing mounted", async () => {
      await expect(engine.run(engine.client.dsources.delete({ body: { dsource_id: "tree" } }))).rejects.toMatchObject({
        code: "IN_USE",
      });
      for (const vdbId of ["three", "one", "two", "copy of empty", "empty"])
        await engine.run(engine.client.vdbs.delete({ params: { vdbId } }));
      await engine.run(engine.client.dsources.delete({ body: { dsource_id: "tree" } }));
      expect(await mounts()).not.toContain(join(engine.directory, "copies"));
      expect(await listAll((query) => engine.client.snapshots.list({ query }))).toEqual([]);
      expect(await listAll((query) => engine.client.faults.list({ query }))).toEqual([]);
    });
  });
