import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, lutimes, rename, rm, unlink } from "node:fs/promises";
import type { BytePath, TreeSurvey } from "./survey-tree.ts";

/** Prepares the target for being written in place. */
export async function mendTarget(survey: TreeSurvey): Promise<void> {
  for (const path of survey.outdated) await rm(bytes(path), { recursive: true, force: true });
  for (const names of survey.inodes.values()) {
    const kept = names[0]?.sourceInode;
    for (const name of names) if (name.sourceInode !== kept) await giveOwnInode(name.path);
  }
  // Another time than the source's makes rsync compare the content; it writes only what differs.
  for (const { path, modifiedSeconds } of survey.doubtful)
    await lutimes(bytes(path), modifiedSeconds + 1, modifiedSeconds + 1).catch(ignoreAbsence);
}

/**
 * Names that the source no longer links must not share an inode: writing one in place would change the other.
 * The new inode shares its blocks where the file system can do that; elsewhere the name is left to be copied anew.
 */
async function giveOwnInode(path: BytePath): Promise<void> {
  const fresh = bytes(`${path.slice(0, path.lastIndexOf("/"))}/.opendvp-${randomUUID()}`);
  try {
    await copyFile(bytes(path), fresh, constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL);
    await rename(fresh, bytes(path));
  } catch {
    await rm(fresh, { force: true });
    await unlink(bytes(path));
  }
}

/** A name that had to be given up is copied anew and so compared anyway. */
function ignoreAbsence(error: unknown): void {
  if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
}

function bytes(path: BytePath): Buffer {
  return Buffer.from(path, "latin1");
}
