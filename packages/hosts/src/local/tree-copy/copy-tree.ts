import { readdir, realpath } from "node:fs/promises";
import { isAbsolute } from "node:path";
import type { TreeCopy } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import type { HostUser } from "../host-users.ts";
import { planRoots, type CopyRoot } from "./copy-roots.ts";
import { copyUntilWhole } from "./copy-until-whole.ts";
import { copyFollowedFile } from "./followed-file.ts";
import { prepareRoot } from "./prepare-root.ts";
import type { RsyncOutcome } from "./rsync-report.ts";
import { openDirectories } from "./open-directories.ts";
import { runRsync } from "./run-rsync.ts";
import { treeArguments } from "./rsync-arguments.ts";
import type { SourceReader } from "./source-reader.ts";
import { surveyTree, type TreeSurvey } from "./survey-tree.ts";
import { mendTarget } from "./mend-target.ts";

/**
 * Makes the target equal to the source. The user reads, so that what the user may not read is not copied; the engine
 * writes, so that owners are kept.
 */
export async function copyTree(copy: TreeCopy, user: HostUser): Promise<{ readonly bytesChanged: number }> {
  const reader: SourceReader = {
    user,
    ...(copy.mark === undefined ? {} : { mark: copy.mark }),
    ...(copy.signal === undefined ? {} : { signal: copy.signal }),
  };
  const paths = await checkedPaths(copy);
  return { bytesChanged: await copyUntilWhole(() => copyOnce(copy, reader, paths)) };
}

async function copyOnce(copy: TreeCopy, reader: SourceReader, paths: TreePaths): Promise<RsyncOutcome> {
  await openDirectories(paths.target, copy.mark);
  const roots = await planRoots(reader, paths, copy);
  for (const root of roots) prepareRoot(root);
  // Nothing to mend in a target that is still empty: the first copy costs no second look at the source.
  if ((await readdir(paths.target)).length > 0) await mendTarget(await surveyAll(reader, roots));
  let whole: RsyncOutcome = { bytesChanged: 0, hasVanishedFiles: false };
  for (const root of roots) whole = together(whole, await copyRoot(root, reader, copy));
  return whole;
}

function together(one: RsyncOutcome, other: RsyncOutcome): RsyncOutcome {
  const incomplete = one.incomplete ?? other.incomplete;
  return {
    bytesChanged: one.bytesChanged + other.bytesChanged,
    hasVanishedFiles: one.hasVanishedFiles || other.hasVanishedFiles,
    ...(incomplete === undefined ? {} : { incomplete }),
  };
}

function copyRoot(root: CopyRoot, reader: SourceReader, copy: TreeCopy): Promise<RsyncOutcome> {
  if (root.kind === "FILE") return copyFollowedFile(root, reader);
  const onProgress = root.isWhole ? copy.onProgress : undefined;
  return runRsync(reader, {
    from: root.source,
    to: root.target,
    args: treeArguments(root),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
}

async function surveyAll(reader: SourceReader, roots: readonly CopyRoot[]): Promise<TreeSurvey> {
  const surveys: TreeSurvey = { inodes: new Map(), doubtful: [], outdated: [] };
  for (const root of roots) if (root.kind === "TREE") await surveyTree(reader, root, surveys);
  return surveys;
}

export interface TreePaths {
  readonly source: string;
  readonly target: string;
}

async function checkedPaths(copy: TreeCopy): Promise<TreePaths> {
  const source = copy.sourceDirectory;
  if (!isAbsolute(source) || source.includes("\0")) {
    throw new EngineError("PATH_INVALID", `The source directory ${JSON.stringify(source)} is not an absolute path.`, {
      action: "Name the directory from the root of the file system on.",
    });
  }
  const target = await realpath(copy.targetDirectory);
  // What does not exist, or may not be read, is reported by the reader, who is the user.
  const realSource = await realpath(source).catch(() => source);
  if (isWithin(realSource, target) || isWithin(target, realSource)) {
    throw new EngineError("PATH_INVALID", `The source ${source} and its copy lie within each other.`, {
      action: "Choose a source outside of the engine's own directories.",
      details: { source },
    });
  }
  return { source, target };
}

function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory === "/" ? "/" : `${directory}/`);
}
