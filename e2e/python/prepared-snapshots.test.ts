import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hasPython3 } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installPlugin, isRoot, makeSource, startEngineUnderTest, type EngineUnderTest } from "../engine-under-test/index.ts";

const MASKING = fileURLToPath(new URL("masking-plugin/plugin_config.yml", import.meta.url));
const canRun = isRoot && (await hasPython3());

describe.skipIf(!canRun)("prepare_snapshot of a plugin in Python (needs root and Python 3)", () => {
  let engine: EngineUnderTest;
  const at = (...path: readonly string[]): string => join(engine.directory, ...path);
  const params = { vdbId: "copy" };

  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "embedded:1G" });
    const plugin = await installPlugin(engine, "masking", MASKING);
    const source = await makeSource(engine);
    await writeFile(join(source, "file"), "scott/tiger");
    const source_id = await plugin.addSource(source);
    const staged = { name: "tree", source_id, parameters: { mountPath: at("staging") } };
    await engine.run(engine.client.dsources.linkAppdata({ body: staged }));
    const body = { name: "copy", source_data_id: "tree", repository_id: plugin.repository };
    await engine.run(engine.client.vdbs.provisionBySnapshot({ body: { ...body, appdata_source_params: { mountPath: at("copy") } } }));
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  async function newestSnapshot(dataset: string) {
    return (await engine.client.snapshots.list({})).items.findLast(({ dataset_name }) => dataset_name === dataset);
  }

  it("works on a copy of what was synced: VDBs are made from that, the staging copy stays as it was", async () => {
    expect(await readFile(at("staging/file"), "utf8")).toBe("scott/tiger");
    expect(await readFile(at("copy/file"), "utf8")).toBe("scott/XXXXX");
    const maskedAt = (await newestSnapshot("tree"))?.appdata_metadata?.["maskedAt"];
    expect(maskedAt).toMatch(/^\//);
    expect(maskedAt).not.toBe(at("staging"));
  });

  it("works on a copy of a VDB's snapshot: rewinds go to that, the VDB goes on undisturbed", async () => {
    await writeFile(at("copy/file"), "adams/tiger");
    await engine.run(engine.client.vdbs.snapshot({ params, body: {} }));
    expect(await readFile(at("copy/file"), "utf8")).toBe("adams/tiger");
    const snapshot_id = (await newestSnapshot("copy"))?.id ?? "";
    await engine.run(engine.client.vdbs.rollbackBySnapshot({ params, body: { snapshot_id } }));
    expect(await readFile(at("copy/file"), "utf8")).toBe("adams/XXXXX");
  });
});
