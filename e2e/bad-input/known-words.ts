import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type EngineUnderTest, installPlugin, makeSource } from "../engine-under-test/index.ts";

/** Words that are right in their place, by what stands between the brackets, or by the command and the option. */
export type KnownWords = Readonly<Record<string, string>>;

/** Fills an engine with one object of each kind that commands name, and tells their references. */
export async function knownWords(engine: EngineUnderTest): Promise<KnownWords> {
  const { client, directory } = engine;
  const source = await makeSource(engine);
  await mkdir(join(directory, "occupied"));
  await writeFile(join(directory, "occupied", "a file"), "somebody's");
  await writeFile(join(directory, "artifact.json"), "{}");
  const plugin = await installPlugin(engine, "directory");
  const sourceId = await plugin.addSource(source);
  const linked = await engine.run(client.dsources.linkAppdata({ body: { name: "tree", source_id: sourceId } }));
  const parameters = { mountPath: join(directory, "copy") };
  const body = { name: "copy", source_data_id: linked.dsource_id, environment_id: plugin.environment, appdata_source_params: parameters };
  const provisioned = await engine.run(client.vdbs.provisionBySnapshot({ body }));
  const [snapshot] = (await client.snapshots.list({})).items;
  const [timeflow] = (await client.timeflows.list({})).items;
  const [pool] = (await client.pools.list({})).items;
  const [job] = (await client.jobs.list({})).items;
  const account = await client.accounts.create({ body: { username: "bystander", password: "a-long-password", role: "reader" } });
  const key = await client.apiKeys.create({ body: { name: "spare" } });
  return {
    environment: plugin.environment,
    repository: plugin.repository,
    source: sourceId,
    dsource: linked.dsource_id,
    vdb: provisioned.vdb_id,
    dataset: provisioned.vdb_id,
    snapshot: snapshot?.id ?? "",
    timeflow: timeflow?.id ?? "",
    plugin: plugin.plugin,
    pool: pool?.id ?? "",
    job: job?.id ?? "",
    fault: "FAULT-1",
    user: account.id,
    apikey: key.api_key_id,
    name: "fresh",
    point: "pre-refresh",
    shell: "bash",
    "init --plugin-name": "fresh",
    // Refused, whatever else is given: it runs, or it could not be.
    "engine start --data-dir": engine.dataDirectory,
    "engine start --storage": "no-such-driver:/nowhere",
    "vdb provision --from": linked.dsource_id,
    "vdb provision --param": `mountPath=${join(directory, "second copy")}`,
    "vdb create-empty --param": `mountPath=${join(directory, "third copy")}`,
    "dsource link --source": sourceId,
    "download-logs --plugin": plugin.plugin,
    "upload --upload-artifact": join(directory, "artifact.json"),
  };
}
