import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildPlugin } from "@opendvp/plugin-tools";
import { makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";
import { HeldEngine, type HeldEngineSetUp } from "./held-engine-handle.ts";
import { World } from "./world.ts";

export interface WorldRequest {
  readonly storage: "btrfs" | "copy";
  /** Says that the pool cannot snapshot what runs, so that the steps for such pools are passed as well. */
  readonly isRestless: boolean;
  readonly environmentUser: string;
  /** The address of an empty database; default: the embedded catalog. */
  readonly catalog?: string;
}

const POOL_BYTES = 4 * 1024 ** 3;

/** Starts an engine with a world of its own, and takes all of it away in the end. */
export async function withWorld<T>(request: WorldRequest, work: (world: World) => Promise<T>): Promise<T> {
  const directory = await makeTestDirectory();
  await chmod(directory, 0o755);
  const engine = new HeldEngine(setUpOf(request, directory));
  const world = new World(engine, directory, request.environmentUser);
  try {
    await engine.start();
    const configFile = fileURLToPath(new URL("probe-plugin/plugin_config.yml", import.meta.url));
    const artifactFile = join(directory, "artifact.json");
    await buildPlugin({ configFile, artifactFile });
    await mkdir(join(directory, "mounts"), { mode: 0o755 });
    await world.setUp(artifactFile);
    return await work(world);
  } finally {
    await engine.kill();
    await removeTestDirectory(directory);
  }
}

function setUpOf({ storage, isRestless, environmentUser, catalog }: WorldRequest, directory: string): HeldEngineSetUp {
  const dataDirectory = join(directory, "engine");
  const place =
    storage === "btrfs"
      ? { kind: "embedded" as const, sizeBytes: POOL_BYTES }
      : { kind: "copy" as const, directory: join(directory, "pool") };
  return { dataDirectory, storage: place, environmentUser, isRestless, ...(catalog === undefined ? {} : { catalog }) };
}
