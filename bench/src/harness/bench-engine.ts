import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { installPlugin, startEngineUnderTest, type EngineUnderTest, type InstalledPlugin } from "../../../e2e/engine-under-test/index.ts";
import type { HandCommands } from "../by-hand/hand-commands.ts";
import { HandShell, quoted } from "../by-hand/hand-shell.ts";
import { makeStoragePlace } from "./storage-place.ts";

const LOOK_EVERY_MS = 10;

/** An engine with the directory plugin, and beside it a shell on the same pool. */
export interface BenchEngine extends AsyncDisposable {
  readonly engine: EngineUnderTest;
  readonly plugin: InstalledPlugin;
  readonly hand: HandCommands;
  readonly shell: HandShell;
  /** Links a directory and syncs it for the first time; resolves when that is done. */
  link(name: string, path: string): Promise<void>;
  sync(name: string): Promise<void>;
  /** Makes a VDB of a dataset's latest snapshot, or of the given one; resolves to its job when it can be used. */
  provision(name: string, from: { readonly dataset: string } | { readonly snapshot: string }): Promise<string>;
  /** The newest snapshot of a dataset. */
  latestSnapshot(dataset: string): Promise<string>;
  /** Types by hand what provision does to storage and mounts; gives the milliseconds. */
  provisionByHand(snapshot: string, name: string): Promise<number>;
  /** Resolves when no job is at work, those included that follow others by themselves. */
  atRest(): Promise<void>;
  /** In use of the pool, everything written out. */
  usedBytes(): Promise<number>;
}

export async function startBenchEngine(storage: string, serial: number): Promise<BenchEngine> {
  const place = await makeStoragePlace(storage, serial);
  const engine = await startEngineUnderTest({ storage: place.option });
  try {
    const plugin = await installPlugin(engine, "directory");
    const hand = await place.handCommands(engine.dataDirectory);
    const shell = new HandShell(engine.directory);
    await mkdir(join(engine.directory, "by-hand"));
    return benchEngineOf({ engine, plugin, hand, shell, flush: () => place.flush(engine.dataDirectory) }, async () => {
      await shell.close();
      await engine[Symbol.asyncDispose]();
      await place.remove();
    });
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    await place.remove();
    throw error;
  }
}

type Parts = Pick<BenchEngine, "engine" | "plugin" | "hand" | "shell"> & { readonly flush: () => Promise<void> };

function benchEngineOf(parts: Parts, dispose: () => Promise<void>): BenchEngine {
  const { engine, plugin, hand, shell, flush } = parts;
  return {
    engine,
    plugin,
    hand,
    shell,
    link: async (name, path) => {
      const source_id = await plugin.addSource(path);
      await engine.run(engine.client.dsources.linkAppdata({ body: { name, source_id } }));
    },
    sync: async (name) => {
      await engine.run(engine.client.dsources.sync({ params: { dsourceId: name }, body: {} }));
    },
    provision: async (name, from) => {
      const appdata_source_params = { mountPath: join(engine.directory, "copies", name) };
      const origin = "dataset" in from ? { source_data_id: from.dataset } : { snapshot_id: from.snapshot };
      const body = { name, repository_id: plugin.repository, appdata_source_params, ...origin };
      return (await engine.run(engine.client.vdbs.provisionBySnapshot({ body }))).job.id;
    },
    latestSnapshot: async (dataset) => {
      const body = { filter_expression: `dataset_name EQ "${dataset}"` };
      const { items } = await engine.client.snapshots.search({ body, query: { sort: "-id", limit: 1 } });
      if (items[0] === undefined) throw new Error(`${dataset} has no snapshot.`);
      return items[0].id;
    },
    provisionByHand: async (snapshot, name) => {
      const mountPath = quoted(join(engine.directory, "by-hand", name));
      const mounting = [`mkdir -p ${mountPath}`, `mount --bind ${quoted(hand.pathOf(name))} ${mountPath}`];
      return shell.run([hand.clone(await hand.snapshotOf(snapshot), name), ...mounting, hand.snapshot(name, "first")]);
    },
    atRest: async () => {
      const isAtWork = async (): Promise<boolean> => {
        const { items } = await engine.client.jobs.list({ query: { sort: "-id", limit: 20 } });
        return items.some(({ end_time }) => end_time === null);
      };
      while (await isAtWork()) await sleep(LOOK_EVERY_MS);
    },
    usedBytes: async () => {
      await flush();
      const [pool] = (await engine.client.pools.list({})).items;
      if (pool?.usage === undefined || pool.usage === null) throw new Error("The engine does not know what is in use of its pool.");
      return pool.usage.used_bytes;
    },
    [Symbol.asyncDispose]: dispose,
  };
}
