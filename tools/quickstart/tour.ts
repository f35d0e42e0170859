import { appendFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Dvp } from "./dvp.ts";
import { field, numberField, valueAt } from "./field.ts";
import type { Figures, StepFigures } from "./figures.ts";
import { createStopwatch } from "./stopwatch.ts";
import { createProof } from "./proof.ts";
import { summarizeTree } from "./tree-summary.ts";

const PLUGIN_FOLDER = "plugins/directory";

export interface TourOptions {
  readonly dvp: Dvp;
  /** The directory to link; only read. */
  readonly source: string;
  /** Where artifact and copies go. */
  readonly directory: string;
  /** The operating system's user that commands run as. */
  readonly hostUser: string;
  readonly onStep: (step: StepFigures) => void;
  /** Says what a check has shown. */
  readonly onShown: (line: string) => void;
}

/** The tour: upload, link, sync, provision twice, change one, see what did not change, rewind, refresh. */
export async function tour(options: TourOptions): Promise<Figures> {
  const { dvp, source, directory, hostUser } = options;
  const pool = await onlyPool(dvp);
  const usedBytes = async (): Promise<number> => numberField(await dvp("pool", "show", pool.name), "usage.used_bytes");
  const watch = createStopwatch(usedBytes, options.onStep);
  const copyPath = (copy: string): string => join(directory, "copies", copy);

  const original = await summarizeTree(source);
  const proof = createProof(original, options.onShown);
  const artifact = join(directory, "directory.json");
  await watch.step("build the directory plugin", () => dvp("build", "-c", join(PLUGIN_FOLDER, "plugin_config.yml"), "-a", artifact), false);
  await watch.step("upload it", () => dvp("upload", "-a", artifact), false);
  await watch.step(
    "add this machine",
    () => dvp("environment", "create", "localhost", "--address", "localhost", "--user", hostUser),
    false,
  );
  await addSource(dvp, source);
  await watch.step("link, with the first sync", () => dvp("dsource", "link", "tree", "--source", source));
  await watch.step("sync again, nothing changed", () => dvp("dsource", "sync", "tree"));

  const beforeCopies = await usedBytes();
  for (const copy of ["one", "two"]) {
    const parameters = JSON.stringify({ mountPath: copyPath(copy) });
    await watch.step(`provision copy ${copy}`, () => dvp("vdb", "provision", copy, "--from", "tree", "--parameters", parameters));
  }
  const copies = { count: 2, logicalBytes: 2 * original.bytes, usedBytes: (await usedBytes()) - beforeCopies };
  await proof.same("Copy one equals the source", copyPath("one"));

  await watch.step("change copy one", () => changeTree(copyPath("one")));
  await proof.different("Copy one has changed", copyPath("one"));
  await proof.same("Copy two has not", copyPath("two"));
  await proof.same("The source has not", source);

  await watch.step("snapshot copy one", () => dvp("vdb", "snapshot", "one"));
  await watch.step("rewind it to its first snapshot", async () =>
    dvp("vdb", "rewind", "one", "--snapshot", await firstSnapshot(dvp, "one")),
  );
  await proof.same("Copy one equals the source again", copyPath("one"));
  await changeTree(copyPath("two"));
  await watch.step("refresh copy two", () => dvp("vdb", "refresh", "two"));
  await proof.same("Copy two equals the source again", copyPath("two"));

  return {
    source: { path: source, files: original.files, bytes: original.bytes },
    pool: { driver: pool.driver, isThin: pool.isThin },
    steps: watch.steps,
    copies,
  };
}

async function onlyPool(dvp: Dvp): Promise<{ name: string; driver: string; isThin: boolean }> {
  const pools = valueAt(await dvp("pool", "list"), "items");
  const name = field({ pools: Array.isArray(pools) ? (pools[0] as unknown) : undefined }, "pools.name");
  const pool = await dvp("pool", "show", name);
  return { name, driver: field(pool, "driver"), isThin: valueAt(pool, "capabilities.thin_clones") === true };
}

async function addSource(dvp: Dvp, path: string): Promise<void> {
  const repositories = valueAt(await dvp("repository", "list"), "items");
  const repository = field({ repositories: Array.isArray(repositories) ? (repositories[0] as unknown) : undefined }, "repositories.id");
  await dvp("source", "add", "--repository", repository, "--parameters", JSON.stringify({ name: path, path }));
}

async function firstSnapshot(dvp: Dvp, dataset: string): Promise<string> {
  const items = valueAt(await dvp("snapshot", "list", "--dataset", dataset), "items");
  const snapshots = (Array.isArray(items) ? items : []) as readonly { id: string; creation_time: string }[];
  const [first] = [...snapshots].sort((a, b) => (a.creation_time < b.creation_time ? -1 : 1));
  if (first === undefined) throw new Error(`${dataset} has no snapshot.`);
  return first.id;
}

/** Removes, adds and extends, as somebody who works in a copy would. */
async function changeTree(path: string): Promise<void> {
  const [first] = (await readdir(path)).sort();
  if (first !== undefined) await rm(join(path, first), { recursive: true });
  await writeFile(join(path, "a new file"), "made in the copy\n");
  await appendFile(join(path, "a new file"), "and extended\n");
}
