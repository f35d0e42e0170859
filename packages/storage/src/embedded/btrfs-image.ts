import { lstat, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { EngineError } from "@opendvp/model";
import { isAbsent } from "../pool/is-there.ts";
import { runProgram } from "../pool/run-program.ts";
import { syncDirectory } from "../pool/write-durably.ts";

const MAGIC = "_BHRfS_M";
const MAGIC_OFFSET_BYTES = 0x10040;
const SMALLEST_APART_BYTES = 2 * 1024 ** 3;
const SMALLEST_BYTES = 256 * 1024 * 1024;

/** Keeps room for metadata as data grows, so that a pool full of data can still be snapshotted and cleared. */
export const METADATA_SHARE = "metadata_ratio=4";

/**
 * Makes a btrfs on a sparse file, or checks that the file there is one. A file that is something else is never touched.
 * @throws EngineError `STORAGE_UNSUITABLE`
 */
export async function ensureImage(imagePath: string, sizeBytes: number): Promise<void> {
  const magic = await readMagic(imagePath);
  if (magic === MAGIC) return;
  if (magic !== undefined) {
    throw new EngineError("STORAGE_UNSUITABLE", `The file ${JSON.stringify(imagePath)} is there and holds no btrfs.`, {
      action: "Choose another file for the pool, or remove this one if nobody needs it.",
    });
  }
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < SMALLEST_BYTES) {
    throw new EngineError("INPUT_INVALID", `A pool of ${sizeBytes} bytes is too small.`, {
      action: `Give it at least ${SMALLEST_BYTES} bytes; the file is sparse and takes only what is used.`,
    });
  }
  await makeImage(imagePath, sizeBytes);
}

/** @throws EngineError `STORAGE_UNAVAILABLE` */
export async function imageMustBeThere(imagePath: string): Promise<void> {
  const magic = await readMagic(imagePath);
  if (magic === MAGIC) return;
  const problem = magic === undefined ? "is not there" : "holds no btrfs any more";
  throw new EngineError("STORAGE_UNAVAILABLE", `The file ${JSON.stringify(imagePath)}, which holds the pool, ${problem}.`, {
    action: "Bring it back: mount the disk that it is on, or restore it from a backup.",
  });
}

/** Made under another name: an image with the right name is whole. */
async function makeImage(imagePath: string, sizeBytes: number): Promise<void> {
  const newPath = `${imagePath}.new`;
  try {
    await rm(newPath, { force: true });
    const file = await open(newPath, "wx", 0o600);
    try {
      await file.truncate(sizeBytes);
      await runProgram("mkfs.btrfs", ["-q", "--nodiscard", ...layoutFor(sizeBytes), "--label", "opendvp", "--", newPath]);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(newPath, imagePath);
    await syncDirectory(dirname(imagePath));
  } catch (error) {
    await rm(newPath, { force: true });
    throw error;
  }
}

/**
 * One copy of the metadata: two in the same file would share most of their dangers. In a small file system, data and
 * metadata share all space; apart, the first big file would leave so little for metadata that nothing can be snapshotted
 * or even freed again. Larger ones are mounted with METADATA_SHARE.
 */
function layoutFor(sizeBytes: number): readonly string[] {
  return sizeBytes < SMALLEST_APART_BYTES ? ["--mixed"] : ["--metadata", "single"];
}

/** Eight bytes where a btrfs has its magic number; undefined where there is no file. */
async function readMagic(imagePath: string): Promise<string | undefined> {
  const stats = await lstat(imagePath).catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
  if (stats === undefined) return undefined;
  if (!stats.isFile()) return "";
  const file = await open(imagePath, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, MAGIC_OFFSET_BYTES);
    return buffer.toString("latin1", 0, bytesRead);
  } finally {
    await file.close();
  }
}
