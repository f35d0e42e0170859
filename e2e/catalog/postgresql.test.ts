import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { waitForJob } from "@opendvp/client";
import { hasPostgresql, startPostgresqlCluster } from "@opendvp/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { installPlugin, isRoot, startEngineUnderTest } from "../engine-under-test/index.ts";
import { dvpEngine } from "../engine-life/dvp.ts";

async function startCatalogServer() {
  const cluster = await startPostgresqlCluster();
  onTestFinished(() => cluster.dispose());
  await cluster.sql("create role opendvp login");
  await cluster.sql("create database opendvp owner opendvp");
  return { cluster, address: cluster.address("opendvp", "opendvp") };
}

describe.skipIf(!isRoot || !hasPostgresql)("an engine on a PostgreSQL catalog (needs root and PostgreSQL 15)", () => {
  test(
    "links, syncs, provisions and rewinds, and goes on after a kill and after a restart of the server",
    { timeout: 180_000 },
    async () => {
      const { cluster, address } = await startCatalogServer();
      await using engine = await startEngineUnderTest({ storage: "embedded:1G", args: ["--catalog", address] });
      const source = join(engine.directory, "source");
      await mkdir(source);
      await writeFile(join(source, "file"), "first");
      await chmod(source, 0o755);
      const plugin = await installPlugin(engine, "directory");
      await engine.run(engine.client.dsources.linkAppdata({ body: { name: "tree", source_id: await plugin.addSource(source) } }));
      await writeFile(join(source, "file"), "second");
      await engine.run(engine.client.dsources.sync({ params: { dsourceId: "tree" }, body: {} }));

      const mountPath = join(engine.directory, "copy");
      const params = { vdbId: "copy" };
      const body = { name: "copy", source_data_id: "tree", repository_id: plugin.repository, appdata_source_params: { mountPath } };
      await engine.run(engine.client.vdbs.provisionBySnapshot({ body }));
      const content = () => readFile(join(mountPath, "file"), "utf8");
      expect(await content()).toBe("second");
      const [snapshot] = (await engine.client.vdbs.listSnapshots({ params })).items;
      await writeFile(join(mountPath, "file"), "mine");
      await engine.run(engine.client.vdbs.rollbackBySnapshot({ params, body: { snapshot_id: snapshot?.id ?? "" } }));
      expect(await content()).toBe("second");

      // Killed in the middle of a job: the next start finishes it or takes it back, and at once.
      await writeFile(join(mountPath, "file"), "before the kill");
      const { job } = await engine.client.vdbs.snapshot({ params, body: { name: "late" } });
      await engine.kill();
      await engine.restart();
      const ended = await waitForJob(engine.client, job.id);
      const names = (await engine.client.vdbs.listSnapshots({ params })).items.map(({ name }) => name);
      expect(names.includes("late")).toBe(ended.status === "COMPLETED");
      expect(await content()).toBe("before the kill");

      await cluster.stop();
      const asking = engine.client.vdbs.show({ params });
      await cluster.start();
      expect((await asking).name).toBe("copy");
      await engine.run(engine.client.vdbs.snapshot({ params, body: { name: "afterwards" } }));
      expect(existsSync(join(engine.dataDirectory, "catalog.sqlite"))).toBe(false);
      expect(await cluster.sql("select name from datasets order by name", "opendvp")).toBe("copy\ntree");
    },
  );

  test("stays with its catalog, and takes no password from a command line", { timeout: 60_000 }, async () => {
    const { address } = await startCatalogServer();
    await using engine = await startEngineUnderTest({ storage: "copy", args: ["--catalog", address] });
    const { dataDirectory } = engine;
    await engine.stop();
    const moved = await dvpEngine(dataDirectory, "start", "--catalog", "sqlite");
    expect([moved.exitCode, moved.err]).toEqual([4, expect.stringContaining("set up with the catalog postgresql://")]);
    const open = await dvpEngine(dataDirectory, "start", "--catalog", "postgresql://opendvp:geheim@db/opendvp");
    expect([open.exitCode, open.err]).toEqual([2, expect.stringContaining("PGPASSFILE")]);
    expect(open.err + (await readFile(join(dataDirectory, "configuration.json"), "utf8"))).not.toContain("geheim");
    await engine.restart();
    expect((await engine.client.engine.status()).restoring.is_done).toBe(true);
  });
});
