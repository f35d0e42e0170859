import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { listAll } from "@opendvp/client";
import type { JsonObject } from "@opendvp/model";
import { runProcess } from "@opendvp/subprocess";
import { freePort } from "@opendvp/testkit";
import {
  canSnapshotRunning,
  installPlugin,
  startEngineUnderTest,
  type BackEnd,
  type EngineUnderTest,
  type InstalledPlugin,
} from "../../../e2e/engine-under-test/index.ts";
import { asUser, startSourceCluster, type Address, type SourceCluster } from "../../../e2e/engine-under-test/source-cluster.ts";

/** An engine with this plugin, a source, and the requests that the tests make. */
export interface PostgresqlBench extends AsyncDisposable {
  readonly engine: EngineUnderTest;
  readonly plugin: InstalledPlugin;
  readonly source: SourceCluster;
  /** The source's superuser, for what the tests do there. */
  readonly boss: Address;
  link(name: string, parameters?: JsonObject): Promise<unknown>;
  /** Where the pool cannot snapshot what runs, staging is stopped for it, unless the options say otherwise. */
  sync(name: string, options?: { readonly resync?: boolean; readonly allow_stop?: boolean }): Promise<unknown>;
  /** Provisions from the latest snapshot of a dataset. */
  provision(name: string, from: string, parameters?: JsonObject): Promise<Address>;
  createEmpty(name: string): Promise<Address>;
  /** Where a copy's superuser gets in. */
  addressOf(name: string): Promise<Address>;
  pathOf(name: string): string;
  onCopy(verb: "start" | "stop" | "enable" | "disable" | "undo", name: string): Promise<unknown>;
  /** As for a sync. */
  snapshot(name: string, options?: { readonly allow_stop?: boolean }): Promise<unknown>;
  rewind(name: string): Promise<unknown>;
  refresh(name: string): Promise<unknown>;
  deleteCopy(name: string): Promise<unknown>;
  statusOf(name: string): Promise<string | undefined>;
  activeFaults(): Promise<readonly { readonly target_name?: string | null; readonly code: string; readonly message?: string }[]>;
}

/** What a source of these tests is asked for when it is linked. */
export function linkParameters(bench: { readonly engine: EngineUnderTest; readonly source: SourceCluster }, name: string): JsonObject {
  const { engine, source } = bench;
  return { mountPath: join(engine.directory, "staging", name), user: "keeper", password: source.password, host: "127.0.0.1" };
}

export interface BenchOptions {
  readonly storage: BackEnd;
  /** Lines for the source's postgresql.conf. */
  readonly configuration?: string;
}

export async function startPostgresqlBench({ storage, ...options }: BenchOptions): Promise<PostgresqlBench> {
  const engine = await startEngineUnderTest({ storage });
  try {
    const source = await startSourceCluster({ directory: join(engine.directory, "source"), ...options });
    const plugin = await installPlugin(engine, "postgresql");
    const isAtomic = canSnapshotRunning(storage);
    return benchOf({ engine, plugin, source, resting: isAtomic ? {} : { allow_stop: true } });
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    throw error;
  }
}

interface Parts {
  readonly engine: EngineUnderTest;
  readonly plugin: InstalledPlugin;
  readonly source: SourceCluster;
  readonly resting: { readonly allow_stop?: true };
}

function benchOf({ engine, plugin, source, resting }: Parts): PostgresqlBench {
  const { run, directory } = engine;
  const pathOf = (name: string): string => join(directory, "copies", name);
  const superusers = new Map<string, string>();
  const target = (name: string) => ({ params: { vdbId: name } });
  const addressOf = async (name: string): Promise<Address> => {
    const { appdata_source_params: parameters } = await engine.client.vdbs.show(target(name));
    const mountPath = parameters["mountPath"];
    if (typeof mountPath !== "string") throw new Error(`${name} has no mount path.`);
    return { host: `${mountPath}/run`, port: Number(parameters["port"]), user: superusers.get(name) ?? "boss" };
  };
  const copyBody = async (name: string, parameters: JsonObject) => ({
    name,
    repository_id: plugin.repository,
    appdata_source_params: { mountPath: pathOf(name), port: await freePort(), ...parameters },
  });
  return {
    engine,
    plugin,
    source,
    boss: { host: source.directory, port: source.port, user: "boss" },
    pathOf,
    addressOf,
    link: async (name, parameters = {}) => {
      const sources = await listAll((query) => engine.client.sources.list({ query }));
      const found = sources.find((each) => each.name === source.dataDirectory);
      if (found === undefined) throw new Error("Discovery has not found the source.");
      const all = { ...linkParameters({ engine, source }, name), ...parameters };
      return run(engine.client.dsources.linkAppdata({ body: { name, source_id: found.id, parameters: all } }));
    },
    sync: (name, body = {}) => run(engine.client.dsources.sync({ params: { dsourceId: name }, body: { ...resting, ...body } })),
    provision: async (name, from, parameters = {}) => {
      await run(engine.client.vdbs.provisionBySnapshot({ body: { ...(await copyBody(name, parameters)), source_data_id: from } }));
      return addressOf(name);
    },
    createEmpty: async (name) => {
      superusers.set(name, "postgres");
      await run(engine.client.vdbs.createEmpty({ body: await copyBody(name, {}) }));
      return addressOf(name);
    },
    onCopy: (verb, name) => run(engine.client.vdbs[verb](target(name))),
    snapshot: (name, body = {}) => run(engine.client.vdbs.snapshot({ ...target(name), body: { ...resting, ...body } })),
    rewind: (name) => run(engine.client.vdbs.rollbackBySnapshot({ ...target(name), body: {}, query: { wait: true } })),
    refresh: (name) => run(engine.client.vdbs.refreshBySnapshot({ ...target(name), body: {}, query: { wait: true } })),
    deleteCopy: (name) => run(engine.client.vdbs.delete({ ...target(name), query: { wait: true } })),
    statusOf: async (name) => (await engine.client.vdbs.show(target(name))).status,
    activeFaults: async () => (await engine.client.faults.list({})).items.filter(({ status }) => status === "ACTIVE"),
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

/** Checks every table and index of a cluster, heap against index too. Rejects with what pg_amcheck finds. */
export async function checkCluster({ host, port, user }: Address): Promise<void> {
  const options = ["--all", "--install-missing", "--heapallindexed", "--jobs=2"];
  await asUser("pg_amcheck", ["-h", host, "-p", String(port), "-U", user, ...options]);
}

/** The servers and receivers that run in a directory, by their arguments. */
export async function processesIn(directory: string): Promise<readonly string[]> {
  const { stdout } = await runProcess({ file: "ps", args: ["-eo", "user=,args="] });
  return stdout.split("\n").filter((line) => line.includes(directory) && /postgres|pg_receivewal/.test(line));
}

/** Whether a text is in anything that the engine has written, or in the arguments of any process. */
export async function isLeaked(bench: PostgresqlBench, secret: string): Promise<boolean> {
  const { stdout } = await runProcess({ file: "ps", args: ["-eo", "args="] });
  const grep = ["-rlF", "--", secret, bench.engine.dataDirectory, join(bench.engine.directory, "engine.log")];
  const found = (await runProcess({ file: "grep", args: ["--exclude-dir=pools", "--devices=skip", ...grep] })).stdout;
  return stdout.includes(secret) || found.trim() !== "";
}

export async function hasMountBelow(directory: string): Promise<boolean> {
  return (await readFile("/proc/self/mountinfo", "utf8")).includes(`${directory}/`);
}
