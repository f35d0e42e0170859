import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { buildPlugin } from "@opendvp/plugin-tools";
import { makeLoopFileSystem, makeTestDirectory, makeZfsTestPool, removeTestDirectory } from "@opendvp/testkit";
import type { DatasetKind } from "./dataset-kind.ts";
import { HeldEngine, type HeldEngineSetUp } from "./held-engine-handle.ts";
import { PostgresqlDatasets } from "./postgresql-datasets.ts";
import { ProbeDatasets } from "./probe-datasets.ts";
import { World } from "./world.ts";

export interface WorldRequest {
  /** Default: the probe's. */
  readonly datasets?: DatasetKind["name"];
  readonly storage: "btrfs" | "zfs" | "reflink" | "copy";
  /** Says that the pool cannot snapshot what runs, so that the steps for such pools are passed as well. */
  readonly isRestless: boolean;
  readonly environmentUser: string;
  /** The address of an empty database; default: the embedded catalog. */
  readonly catalog?: string;
  /** Makes the place of the engine's data, which holds an embedded pool as well, in the test's directory; default: one there. */
  readonly makeDataDirectory?: (directory: string) => Promise<string>;
}

const DATASETS = {
  probe: (directory: string) => new ProbeDatasets(directory),
  postgresql: (directory: string) => new PostgresqlDatasets(directory),
} satisfies Record<DatasetKind["name"], (directory: string) => DatasetKind>;

const POOL_BYTES = 4 * 1024 ** 3;

/** Starts an engine with a world of its own, and takes all of it away in the end. */
export async function withWorld<T>(request: WorldRequest, work: (world: World) => Promise<T>): Promise<T> {
  const { world, close } = await openWorld(request);
  try {
    return await work(world);
  } finally {
    await close();
  }
}

/** An engine with a world of its own, until it is closed. */
export async function openWorld(request: WorldRequest): Promise<{ readonly world: World; readonly close: () => Promise<void> }> {
  const directory = await makeTestDirectory();
  await chmod(directory, 0o755);
  const engine = new HeldEngine(await setUpOf(request, directory));
  const datasets = DATASETS[request.datasets ?? "probe"](directory);
  const world = new World(engine, { datasets, directory, user: request.environmentUser });
  const close = async (): Promise<void> => {
    await engine.kill();
    await removeTestDirectory(directory);
  };
  try {
    await engine.start();
    const artifactFile = join(directory, "artifact.json");
    await buildPlugin({ configFile: datasets.configFile, artifactFile });
    await mkdir(join(directory, "mounts"), { mode: 0o755 });
    await world.setUp(artifactFile);
    return { world, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function setUpOf(request: WorldRequest, directory: string): Promise<HeldEngineSetUp> {
  const { storage, isRestless, environmentUser, catalog, makeDataDirectory } = request;
  const dataDirectory = (await makeDataDirectory?.(directory)) ?? join(directory, "engine");
  const chosen = catalog === undefined ? {} : { catalog };
  return { dataDirectory, storage: await makePlace(storage, directory), environmentUser, isRestless, ...chosen };
}

/** A pool's place in the test's directory, with which it goes. */
async function makePlace(storage: WorldRequest["storage"], directory: string): Promise<HeldEngineSetUp["storage"]> {
  switch (storage) {
    case "btrfs":
      return { kind: "embedded", sizeBytes: POOL_BYTES };
    case "zfs":
      return { kind: "zfs", dataset: `${(await makeZfsTestPool({ directory, name: "zpool", sizeBytes: POOL_BYTES })).name}/opendvp` };
    case "reflink": {
      const { mountPath } = await makeLoopFileSystem({ directory, name: "xfs", fileSystem: "xfs", sizeBytes: POOL_BYTES });
      return { kind: "reflink", directory: join(mountPath, "pool") };
    }
    case "copy":
      return { kind: "copy", directory: join(directory, "pool") };
  }
}
