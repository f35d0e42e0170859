import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { installPlugin, startEngineUnderTest, type EngineUnderTest } from "../engine-under-test/index.ts";

/** An engine with three copies of one directory: `one` and `two` run, `stopped` is stopped. Each holds a file of its own. */
export async function engineWithCopies(): Promise<EngineUnderTest> {
  const engine = await startEngineUnderTest({ storage: "embedded:1G" });
  const source = join(engine.directory, "source");
  await mkdir(source);
  await writeFile(join(source, "shared"), "of the source");
  await chmod(source, 0o755);
  const plugin = await installPlugin(engine, "directory");
  const { client } = engine;
  await engine.run(client.dsources.linkAppdata({ body: { name: "tree", source_id: await plugin.addSource(source), parameters: {} } }));
  for (const name of COPIES) {
    const body = { name, source_data_id: "tree", appdata_source_params: { mountPath: copyPath(engine, name) } };
    await engine.run(client.vdbs.provisionBySnapshot({ body: { ...body, repository_id: plugin.repository } }));
    await writeFile(join(copyPath(engine, name), "own"), name);
  }
  await engine.run(client.vdbs.stop({ params: { vdbId: "stopped" }, body: {} }));
  return engine;
}

export const COPIES = ["one", "two", "stopped"] as const;

export function copyPath({ directory }: Pick<EngineUnderTest, "directory">, name: string): string {
  return join(directory, "copies", "deep", name);
}

/** What each copy holds of its own; undefined where it is not mounted. */
export function ownFiles(engine: EngineUnderTest): Promise<readonly (string | undefined)[]> {
  return Promise.all(COPIES.map((name) => readFile(join(copyPath(engine, name), "own"), "utf8").catch(() => undefined)));
}
