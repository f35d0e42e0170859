import { execFile } from "node:child_process";
import { appendFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import type { Answer, Dvp } from "./dvp.ts";
import { field, listAt, numberField, valueAt } from "./field.ts";
import type { Figures, StepFigures } from "./figures.ts";
import { createStopwatch } from "./stopwatch.ts";
import { createProof } from "./proof.ts";
import { summarizeTree } from "./tree-summary.ts";

const run = promisify(execFile);

const COPIES = ["one", "two"] as const;

export interface TourOptions {
  readonly dvp: Dvp;
  /** The folder of the plugin whose datasets are directories. */
  readonly plugin: string;
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
  const watch = createStopwatch(() => usedBytes(dvp, pool), options.onStep);
  const pathOf = (copy: string): string => join(directory, "copies", copy);

  const original = await summarizeTree(source);
  const proof = createProof(original, options.onShown);
  const artifact = join(directory, "directory.json");
  await watch.step("build the plugin", () => dvp("build", "-c", join(options.plugin, "plugin_config.yml"), "-a", artifact));
  await watch.step("upload it", () => dvp("upload", "-a", artifact));
  await watch.step("add this machine", () => dvp("environment", "create", "localhost", "--address", "localhost", "--user", hostUser));
  const sourceId = await addSource(dvp, source);
  await watch.storingStep("link and sync", () => dvp("dsource", "link", "tree", "--source", sourceId));
  await watch.storingStep("sync again", () => dvp("dsource", "sync", "tree"));

  for (const copy of COPIES) {
    const parameters = JSON.stringify({ mountPath: pathOf(copy) });
    await watch.storingStep(`provision ${copy}`, () => dvp("vdb", "provision", copy, "--from", "tree", "--params", parameters));
  }
  await proof.same("Copy one equals the source", pathOf("one"));

  await watch.storingStep("change one", () => changeTree(pathOf("one")));
  await proof.different("Copy one has changed", pathOf("one"));
  await proof.same("Copy two has not", pathOf("two"));
  await proof.same("The source has not", source);

  await watch.storingStep("snapshot one", () => dvp("vdb", "snapshot", "one", "--allow-stop"));
  const first = await firstSnapshot(dvp, "one");
  await watch.storingStep("rewind one", () => dvp("vdb", "rewind", "one", "--snapshot", first));
  await proof.same("Copy one, rewound, equals the source again", pathOf("one"));

  await watch.storingStep("change two", () => changeTree(pathOf("two")));
  await watch.storingStep("refresh two", () => dvp("vdb", "refresh", "two"));
  await proof.same("Copy two, refreshed, equals the source again", pathOf("two"));

  return {
    source: { path: source, files: original.files, bytes: original.bytes },
    pool: { driver: field(pool, "driver"), isThin: isThin(pool) },
    steps: watch.steps,
    copies: { count: COPIES.length, logicalBytes: COPIES.length * original.bytes, usedBytes: grownBy(watch.steps, "provision") },
  };
}

async function onlyPool(dvp: Dvp): Promise<Answer> {
  const [pool] = listAt(await dvp("pool", "list"), "items");
  if (pool === undefined) throw new Error("The engine has no pool.");
  return pool;
}

/** What is in use of the pool once everything has been written out. */
async function usedBytes(dvp: Dvp, pool: Answer): Promise<number> {
  const location = field(pool, "location");
  await run("sync", ["--file-system", location]);
  if (isThin(pool)) return numberField(await onlyPool(dvp), "usage.used_bytes");
  // A pool of plain copies shares its file system with all else that goes on there.
  const { stdout } = await run("du", ["--summarize", "--block-size=1", location]);
  return Number.parseInt(stdout, 10);
}

function isThin(pool: Answer): boolean {
  return valueAt(pool, "capabilities.thin_clones") === true;
}

function grownBy(steps: readonly StepFigures[], verb: string): number {
  return steps.filter(({ step }) => step.startsWith(verb)).reduce((sum, { poolGrowthBytes }) => sum + (poolGrowthBytes ?? 0), 0);
}

async function addSource(dvp: Dvp, path: string): Promise<string> {
  const [repository] = listAt(await dvp("repository", "list"), "items");
  if (repository === undefined) throw new Error("The directory plugin found no repository on this machine.");
  const parameters = JSON.stringify({ name: basename(path), path });
  return field(await dvp("source", "add", "--repository", field(repository, "id"), "--params", parameters), "source_id");
}

async function firstSnapshot(dvp: Dvp, dataset: string): Promise<string> {
  const snapshots = listAt(await dvp("snapshot", "list", "--dataset", dataset), "items");
  const byTime = snapshots
    .map((each) => ({ id: field(each, "id"), time: field(each, "creation_time") }))
    .sort((a, b) => (a.time < b.time ? -1 : 1));
  const [first] = byTime;
  if (first === undefined) throw new Error(`${dataset} has no snapshot.`);
  return first.id;
}

/** Removes, adds and extends, as somebody who works in a copy would. */
async function changeTree(path: string): Promise<Answer> {
  const [first] = (await readdir(path, { encoding: "buffer" })).sort((a, b) => a.compare(b));
  if (first !== undefined) await rm(Buffer.concat([Buffer.from(`${path}/`), first]), { recursive: true });
  await writeFile(join(path, "a new file"), "made in the copy\n");
  await appendFile(join(path, "a new file"), "and extended\n");
  return {};
}
