import { join } from "node:path";
import { listAll } from "@opendvp/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installPlugin, startEngineUnderTest, type EngineUnderTest, type InstalledPlugin } from "../../../e2e/engine-under-test/index.ts";
import { canRun, freePort, query, startSourceCluster, type SourceCluster } from "./source-cluster.ts";
import { readJournal, startWriteLoad } from "./write-load.ts";

describe.skipIf(!canRun)("first", () => {
  let engine: EngineUnderTest;
  let plugin: InstalledPlugin;
  let source: SourceCluster;
  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "embedded:4G" });
    source = await startSourceCluster({ directory: join(engine.directory, "source") });
    plugin = await installPlugin(engine, "postgresql");
  });
  afterAll(() => engine[Symbol.asyncDispose]());
  const timed = async <T>(name: string, run: () => Promise<T>): Promise<T> => { const t = performance.now(); console.log("start", name); const r = await run(); console.log(name, (performance.now() - t).toFixed(0)); return r; };

  it("goes", async () => {
    try {
    const sources = await listAll((query) => engine.client.sources.list({ query }));
    console.log(JSON.stringify(sources.map((s) => s)));
    const found = sources.find((s) => JSON.stringify(s).includes(source.dataDirectory));
    const load = await startWriteLoad({ host: source.directory, port: source.port, user: "boss" });
    await timed('advance', () => load.advance(20));
    const parameters = { mountPath: join(engine.directory, "staging"), user: "keeper", password: source.password, host: "127.0.0.1" };
    await timed("link", () => engine.run(engine.client.dsources.linkAppdata({ body: { name: "pg", source_id: found!.id, parameters } })));
    await load.advance(50);
    const before = load.acknowledged();
    await timed("sync", () => engine.run(engine.client.dsources.sync({ params: { dsourceId: "pg" }, body: {} })));
    const port = await freePort();
    const mountPath = join(engine.directory, "copies/one");
    await timed("provision", () => engine.run(engine.client.vdbs.provisionBySnapshot({ body: { name: "one", source_data_id: "pg", repository_id: plugin.repository, appdata_source_params: { mountPath, port } } })));
    const copy = { host: `${mountPath}/run`, port, user: "boss" };
    console.log(before, await readJournal(copy), load.acknowledged());
    console.log(await query(copy, "select name, setting from pg_settings where source not in ('default','override') "));
    await load.advance(10);
    await timed("snapshot", () => engine.run(engine.client.vdbs.snapshot({ params: { vdbId: "one" } })));
    await timed("rewind", () => engine.run(engine.client.vdbs.rollbackBySnapshot({ params: { vdbId: "one" }, body: {} })));
    await timed("sync", () => engine.run(engine.client.dsources.sync({ params: { dsourceId: "pg" }, body: {} })));
    await timed("refresh", () => engine.run(engine.client.vdbs.refreshBySnapshot({ params: { vdbId: "one" }, body: {} })));
    console.log(await readJournal(copy));
    await load.stop();
    } catch (e) { console.log(JSON.stringify(e, null, 1), String(e)); throw e; }
  }, 60_000);
});
