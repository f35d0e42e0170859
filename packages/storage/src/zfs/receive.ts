import type { Readable } from "node:stream";
import type { StorageCaller, StorageLabels } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { programFailed } from "../pool/storage-error.ts";
import { writeToProgram } from "../stream/program-streams.ts";
import { unframeStream } from "../stream/unframe-stream.ts";
import { Inventory } from "./inventory.ts";
import { readStreamStart } from "./stream-start.ts";
import { mount, unmount } from "./mounting.ts";
import { runZfs, runZfsPatiently } from "./zfs-program.ts";
import { zfsNameOf } from "./zfs-layout.ts";
import type { ZfsParts } from "./zfs-parts.ts";
import { formatObjectProperty } from "./zfs-properties.ts";

export interface ReceiveRequest extends StorageCaller {
  readonly stream: Readable;
  readonly dataset: string;
  readonly snapshot: string;
  readonly labels: { readonly dataset: StorageLabels; readonly snapshot: StorageLabels };
}

/**
 * Makes a dataset and its snapshot from a stream. Both are received aside and appear together, when that dataset gets
 * its name. Where this fails, the caller clears both names.
 */
export async function receiveDataset(parts: ZfsParts, request: ReceiveRequest): Promise<void> {
  const { layout, labels } = parts;
  const { start, content } = await readStreamStart(unframeStream("zfs", request.stream));
  const staged = layout.stagedDatasetOf(request.dataset);
  await labels.add(request.snapshot, { kind: "SNAPSHOT", parent: request.dataset, labels: request.labels.snapshot });
  await labels.add(request.dataset, { kind: "DATASET", parent: null, labels: request.labels.dataset });
  const isOntoBase = start.fromId !== undefined && !start.isClone;
  if (start.fromId !== undefined && isOntoBase) await makeBase(parts, { staged, fromId: start.fromId }, request);
  const snapshot = `${staged}@${zfsNameOf(request.snapshot)}`;
  const options = [...(parts.features.canReceiveUnmounted ? ["-u"] : []), ...(isOntoBase ? ["-F"] : [])];
  await writeToProgram(content, { file: "zfs", args: ["receive", ...options, snapshot] }, request);
  const inventory = await Inventory.read(layout);
  if (!inventory.snapshots.some(({ handle }) => handle === snapshot))
    throw programFailed("zfs receive has made no snapshot", "the stream holds something else");
  if (isOntoBase) await giveBaseBack(parts, staged, request);
  await appear(parts, { staged, snapshot }, request);
}

/**
 * ZFS receives a difference only into a dataset whose latest snapshot is the base: a clone of the base that is promoted,
 * so that the base lives in it from now on.
 */
async function makeBase(
  parts: ZfsParts,
  { staged, fromId }: { readonly staged: string; readonly fromId: bigint },
  caller: StorageCaller,
): Promise<void> {
  await parts.structure.run("", async () => {
    const base = await findById(parts, fromId);
    await runZfs(["clone", base, staged], caller);
    await runZfs(["promote", staged], caller);
  });
}

/** zfs-fuse renames no dataset while a clone of one of its snapshots is mounted, so the base goes back to where it was. */
async function giveBaseBack(parts: ZfsParts, staged: string, caller: StorageCaller): Promise<void> {
  await parts.structure.run("", async () => {
    const { datasets } = await Inventory.read(parts.layout);
    const clone = datasets.find(({ origin }) => origin?.startsWith(`${staged}@`));
    if (clone !== undefined) await runZfs(["promote", clone.handle], caller);
  });
}

async function findById({ layout }: ZfsParts, id: bigint): Promise<string> {
  const inventory = await Inventory.read(layout);
  const ids = await runZfs(["get", "-H", "-p", "-r", "-o", "name,value", "guid", layout.root], {});
  const handles = ids.split("\n").flatMap((line) => {
    const [handle = "", value] = line.split("\t");
    return value === String(id) ? [handle] : [];
  });
  const found = inventory.snapshots.find(({ handle, object }) => object !== undefined && handles.includes(handle));
  if (found !== undefined) return found.handle;
  throw new EngineError("STORAGE_FAILED", "The stream is the difference from a snapshot that this pool does not have.", {
    action: "Send that snapshot first, or send the whole of this one.",
  });
}

async function appear(
  { layout }: ZfsParts,
  { staged, snapshot }: { readonly staged: string; readonly snapshot: string },
  request: ReceiveRequest,
): Promise<void> {
  const { dataset } = request;
  await runZfs(["set", formatObjectProperty({ name: request.snapshot, kind: "SNAPSHOT", parent: dataset }), snapshot], request);
  await runZfs(["set", formatObjectProperty({ name: dataset, kind: "DATASET", parent: null }), staged], request);
  // Unmounted first: a rename that finds it in use mounts it again, and so keeps it in use.
  await unmount(staged, request);
  await runZfsPatiently(["rename", staged, layout.datasetOf(dataset)], request);
  await mount(layout.datasetOf(dataset), request);
}
