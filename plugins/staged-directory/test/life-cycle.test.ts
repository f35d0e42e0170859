import { appendFile, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { listAll } from "@opendvp/client";
import { fingerprintOf } from "@opendvp/testkit";
import { runProcess } from "@opendvp/subprocess";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  BACK_ENDS,
  canSnapshotRunning,
  canUseForLong,
  installPlugin,
  startEngineUnderTest,
  type EngineUnderTest,
  type InstalledPlugin,
} from "../../../e2e/engine-under-test/index.ts";
import { isAlive, keeperPidOf } from "./keeper.ts";

for (const storage of BACK_ENDS.filter((one) => one !== "copy"))
  describe.skipIf(!canUseForLong(storage))(
    `a staged directory tree on ${storage} (needs root, and for zfs ZFS and OPENDVP_ZFS=all)`,
    () => {
      let engine: EngineUnderTest;
      let plugin: InstalledPlugin;
      let source: string;
      let staging: string;
      /** Asked for where the pool cannot snapshot what runs, and only there. */
      const resting = canSnapshotRunning(storage) ? {} : { allow_stop: true };

      beforeAll(async () => {
        engine = await startEngineUnderTest({ storage });
        plugin = await installPlugin(engine, "staged-directory");
        source = join(engine.directory, "source 'of' it");
        staging = join(engine.directory, "staging");
        await mkdir(join(source, "folder"), { recursive: true });
        await writeFile(join(source, "readme"), "for everyone\n");
        await writeFile(join(source, "folder", "signing.key"), "not for everyone\n");
        await writeFile(join(source, "line\nbreak"), "odd\n");
      });
      afterAll(() => engine[Symbol.asyncDispose]());

      const params = { vdbId: "one" };
      const pathOf = (copy: string): string => join(engine.directory, "copies", copy);
      const dsource = () => engine.client.dsources.show({ params: { dsourceId: "tree" } });
      const sync = (body: { readonly resync?: boolean } = {}) =>
        engine.run(engine.client.dsources.sync({ params: { dsourceId: "tree" }, body: { ...resting, ...body } }));
      const snapshotsOf = async (dataset: string) =>
        (await listAll((query) => engine.client.snapshots.list({ query }))).filter(({ dataset_name }) => dataset_name === dataset);
      const pidOf = async (dataset: string): Promise<number> => {
        const pid = await keeperPidOf(dataset);
        if (pid === undefined) throw new Error(`No keeper runs in ${dataset}.`);
        return pid;
      };
      const logs = async (): Promise<string[]> => {
        const args = [engine.directory, "-name", "*.log", "-path", "*/scratch/*/staged-directory/*"];
        return (await runProcess({ file: "find", args })).stdout.split("\n").filter((line) => line !== "");
      };
      const provision = (name: string, from: string) =>
        engine.run(
          engine.client.vdbs.provisionBySnapshot({
            body: { name, source_data_id: from, repository_id: plugin.repository, appdata_source_params: { mountPath: pathOf(name) } },
          }),
        );

      it("is not staged inside its own source", async () => {
        const sourceId = await plugin.addSource(join(source, "folder"));
        const body = { name: "inside", source_id: sourceId, parameters: { mountPath: join(source, "folder", "staging"), maskedFiles: [] } };
        await expect(engine.run(engine.client.dsources.linkAppdata({ body }))).rejects.toMatchObject({
          code: "MOUNT_POINT_REFUSED",
          message: expect.stringContaining("which the dSource inside is copied from") as string,
        });
        await expect(stat(join(source, "folder", "staging"))).rejects.toThrow(/ENOENT/);
        await engine.client.sources.delete({ params: { sourceId } });
      });

      it("is linked with a staging copy that its keeper watches over", async () => {
        const sourceId = await plugin.addSource(source);
        const parameters = { mountPath: staging, maskedFiles: ["*.key"] };
        await engine.run(engine.client.dsources.linkAppdata({ body: { name: "tree", source_id: sourceId, parameters } }));
        expect(await readFile(join(staging, "tree/folder/signing.key"), "utf8")).toBe("not for everyone\n");
        const pid = await pidOf(staging);
        const { stdout } = await runProcess({ file: "ps", args: ["-o", "user=", "-p", String(pid)] });
        expect(stdout.trim()).toBe(engine.environmentUser);
        expect(await dsource()).toMatchObject({ status: "ACTIVE", wanted_state: "RUNNING" });
        expect((await snapshotsOf("tree"))[0]).toMatchObject({
          preparation: "DONE",
          appdata_metadata: { path: source, files: 3, maskedFiles: 1 },
        });
      });

      it("is pulled by its worker between syncs", async () => {
        await appendFile(join(source, "readme"), "and more\n");
        await expect.poll(() => readFile(join(staging, "tree/readme"), "utf8"), { timeout: 25_000 }).toBe("for everyone\nand more\n");
      });

      it("is masked and listed once, in what copies are made from, never in the staging copy", async () => {
        await sync();
        await provision("one", "tree");
        expect(await readFile(join(pathOf("one"), "tree/folder/signing.key"), "utf8")).toBe("masked\n");
        expect(await readFile(join(staging, "tree/folder/signing.key"), "utf8")).toBe("not for everyone\n");
        await expect(stat(join(staging, "manifest.sha256"))).rejects.toThrow(/ENOENT/);
        const check = await runProcess({ file: "sha256sum", args: ["--check", "--strict", "manifest.sha256"], cwd: pathOf("one") });
        expect(check).toMatchObject({ exitCode: 0 });
        expect(await readFile(join(pathOf("one"), "tree/readme"), "utf8")).toContain("and more");
      });

      it("is started over by a resync only", async () => {
        await writeFile(join(staging, "tree/stray"), "nobody's").catch(() => undefined);
        const { ino } = await stat(join(staging, "tree"));
        await sync();
        expect((await stat(join(staging, "tree"))).ino).toBe(ino);
        await sync({ resync: true });
        expect((await stat(join(staging, "tree"))).ino).not.toBe(ino);
        expect(await fingerprintOf(join(staging, "tree"))).toContain("readme");
      });

      it("says so when its keeper dies, and comes back when it is enabled", async () => {
        process.kill(await pidOf(staging), "SIGKILL");
        await expect.poll(async () => (await dsource()).status, { timeout: 25_000 }).toBe("INACTIVE");
        const faults = async () => (await engine.client.faults.list({})).items.filter(({ status }) => status === "ACTIVE");
        expect(await faults()).toMatchObject([{ target_name: "tree", code: "NOT_AS_WANTED" }]);
        await engine.run(engine.client.dsources.enable({ params: { dsourceId: "tree" } }));
        expect(await isAlive(await pidOf(staging))).toBe(true);
        expect(await faults()).toEqual([]);
      });

      it("leaves no process and no mount when it is disabled", async () => {
        const pid = await pidOf(staging);
        await engine.run(engine.client.dsources.disable({ params: { dsourceId: "tree" } }));
        expect(await isAlive(pid)).toBe(false);
        await expect(stat(staging)).rejects.toThrow(/ENOENT/);
        await engine.run(engine.client.dsources.enable({ params: { dsourceId: "tree" } }));
        expect(await pidOf(staging)).not.toBe(pid);
        await sync();
      });

      it("names what it cannot read, as words for its user", async () => {
        await writeFile(join(source, "closed"), "", { mode: 0o600 });
        const error = await sync().catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ code: "PLUGIN_USER_ERROR", action: expect.stringContaining("must be able to read") as string });
        expect(JSON.stringify(error)).toMatch(/closed.*Permission denied/);
        await rm(join(source, "closed"));
        await sync();
      });

      it("gives each copy a keeper of its own, which stop and start end and begin", async () => {
        await provision("two", "tree");
        const [one, two] = [await pidOf(pathOf("one")), await pidOf(pathOf("two"))];
        expect(one).not.toBe(two);
        await engine.run(engine.client.vdbs.stop({ params }));
        expect([await isAlive(one), await isAlive(two)]).toEqual([false, true]);
        expect(await engine.client.vdbs.show({ params })).toMatchObject({ status: "INACTIVE", wanted_state: "STOPPED" });
        await engine.run(engine.client.vdbs.start({ params }));
        await pidOf(pathOf("one"));
        expect(await engine.client.vdbs.show({ params })).toMatchObject({ status: "ACTIVE", wanted_state: "RUNNING" });
      });

      it("has snapshots of copies prepared once more, and rewinds to them", async () => {
        await writeFile(join(pathOf("one"), "tree/own"), "work of the copy\n");
        await engine.run(engine.client.vdbs.snapshot({ params, body: resting }));
        await rm(join(pathOf("one"), "tree"), { recursive: true });
        // The preparation is a job of its own, and a rewind waits for it.
        await engine.run(engine.client.vdbs.rollbackBySnapshot({ params, body: {} }));
        expect(await readFile(join(pathOf("one"), "tree/own"), "utf8")).toBe("work of the copy\n");
        expect(await readFile(join(pathOf("one"), "manifest.sha256"), "utf8")).toContain("tree/own");
        await pidOf(pathOf("one"));
        // The head that was left is prepared as well as the first snapshot of the new timeflow.
        await expect
          .poll(async () => (await snapshotsOf("one")).map(({ preparation }) => preparation), { timeout: 20_000 })
          .not.toContain("PENDING");
        await engine.run(engine.client.vdbs.undo({ params }));
        await expect(stat(join(pathOf("one"), "tree"))).rejects.toThrow(/ENOENT/);
        await engine.run(engine.client.vdbs.refreshBySnapshot({ params, body: {} }));
        await expect(stat(join(pathOf("one"), "tree/own"))).rejects.toThrow(/ENOENT/);
        await pidOf(pathOf("one"));
      });

      it("runs on over a killed engine, and comes back where it was wanted", async () => {
        const running = await pidOf(pathOf("one"));
        await engine.run(engine.client.vdbs.stop({ params: { vdbId: "two" } }));
        const lost = await pidOf(staging);
        await engine.kill();
        process.kill(lost, "SIGKILL");
        await engine.restart();
        expect(await isAlive(running)).toBe(true);
        await expect.poll(() => keeperPidOf(staging), { timeout: 20_000 }).toBeGreaterThan(0);
        expect(await keeperPidOf(pathOf("two"))).toBeUndefined();
        await engine.run(engine.client.vdbs.start({ params: { vdbId: "two" } }));
      });

      it("makes an empty copy with a keeper, a copy of which has its own", async () => {
        const body = { name: "empty", repository_id: plugin.repository, appdata_source_params: { mountPath: pathOf("empty") } };
        await engine.run(engine.client.vdbs.createEmpty({ body }));
        await pidOf(pathOf("empty"));
        await provision("copy", "empty");
        expect(await pidOf(pathOf("copy"))).not.toBe(await pidOf(pathOf("empty")));
      });

      it("is deleted with its copies, and leaves no process, no mount, no log and no fault", async () => {
        const datasets = [staging, ...["copy", "empty", "one", "two"].map(pathOf)];
        const pids = await Promise.all(datasets.map(pidOf));
        expect(await logs()).toHaveLength(datasets.length);
        for (const vdbId of ["copy", "empty", "one", "two"]) {
          // It may wait for the preparation of the last snapshot.
          await engine.run(engine.client.vdbs.delete({ params: { vdbId }, query: { wait: true } }));
        }
        await engine.run(engine.client.dsources.delete({ body: { dsource_id: "tree" } }));
        expect(await Promise.all(pids.map(isAlive))).toEqual(pids.map(() => false));
        const mounts = await readFile("/proc/self/mountinfo", "utf8");
        expect(datasets.filter((dataset) => mounts.includes(dataset))).toEqual([]);
        expect(await logs()).toEqual([]);
        expect((await engine.client.faults.list({})).items.filter(({ status }) => status === "ACTIVE")).toEqual([]);
      });
    },
  );
