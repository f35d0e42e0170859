import { lstatSync, type BigIntStats } from "node:fs";
import type { CopyRoot } from "./copy-roots.ts";
import { readSource, type SourceReader } from "./source-reader.ts";

/** A path of the target as bytes in latin1: names need not be UTF-8. */
export type BytePath = string;

/** What stands in the way of writing files in place. */
export interface TreeSurvey {
  /** Files of the target that have several names, by their inode: each name with the source's inode of the same name. */
  readonly inodes: Map<string, { readonly path: BytePath; readonly sourceInode: string }[]>;
  /** Files that look unchanged by size and time, but whose inode was changed after they were copied. */
  readonly doubtful: { readonly path: BytePath; readonly modifiedSeconds: number }[];
  /** Directories of the target in the places of what has several names in the source: rsync (3.5) takes those for an error. */
  readonly outdated: BytePath[];
}

/** Clocks of file systems tick coarsely; a file touched about when it was copied is looked at twice rather than never. */
const CLOCK_MARGIN_NS = 2_000_000_000n;

const LOOKED_AT = ["-type", "f", "-o", "!", "-type", "d", "-links", "+1"];
const FIELDS = "%D:%i %n %s %T@ %C@ %P\\0";

/** Walks the source as the user and compares its files, and what has several names, with what the target has of the same names. */
export async function surveyTree(reader: SourceReader, root: CopyRoot, survey: TreeSurvey): Promise<void> {
  const look = createTargetLook(root.target);
  // What is followed is a root of its own, and stands in the place of the link.
  const separate = new Set(root.separatePaths.map((path) => Buffer.from(path).toString("latin1")));
  const take = recordSplitter((record) => {
    const file = parseRecord(record);
    if (file === undefined || separate.has(file.path)) return;
    const target = look(file.path);
    if (target !== undefined) compare(file, target, { survey, rootTarget: root.target });
  });
  await readSource(reader, {
    directory: root.source,
    args: ["find", ".", "(", ...LOOKED_AT, ")", "-printf", FIELDS],
    onOutput: (chunk, stream) => {
      if (stream === "stdout") take(chunk);
    },
  });
}

interface SourceFile {
  readonly inode: string;
  readonly names: number;
  readonly sizeBytes: string;
  readonly modifiedNs: bigint;
  readonly changedNs: bigint;
  readonly path: BytePath;
}

function compare(
  file: SourceFile,
  target: BigIntStats,
  { survey, rootTarget }: { readonly survey: TreeSurvey; readonly rootTarget: string },
): void {
  const path = `${Buffer.from(rootTarget).toString("latin1")}/${file.path}`;
  if (target.isDirectory() && file.names > 1) survey.outdated.push(path);
  if (!target.isFile()) return;
  if (target.nlink > 1n) {
    const key = `${String(target.dev)}:${String(target.ino)}`;
    const names = survey.inodes.get(key) ?? [];
    // The root belongs to it: roots are copied one by one, and links between them are not kept.
    names.push({ path, sourceInode: `${file.inode} ${rootTarget}` });
    survey.inodes.set(key, names);
  }
  const looksUnchanged = String(target.size) === file.sizeBytes && target.mtimeNs === file.modifiedNs;
  if (looksUnchanged && file.changedNs + CLOCK_MARGIN_NS > target.ctimeNs) {
    survey.doubtful.push({ path, modifiedSeconds: Number(target.mtimeNs / 1_000_000_000n) });
  }
}

function recordSplitter(take: (record: string) => void): (chunk: Buffer) => void {
  let rest = "";
  return (chunk) => {
    const records = (rest + chunk.toString("latin1")).split("\0");
    rest = records.pop() ?? "";
    for (const record of records) take(record);
  };
}

function parseRecord(record: string): SourceFile | undefined {
  const [, inode, names, sizeBytes, modified, changed, path] = /^(\S+) (\d+) (\d+) (\S+) (\S+) ([^]*)$/.exec(record) ?? [];
  if (inode === undefined || sizeBytes === undefined || modified === undefined || changed === undefined || path === undefined)
    return undefined;
  return { inode, names: Number(names), sizeBytes, modifiedNs: nanoseconds(modified), changedNs: nanoseconds(changed), path };
}

/** find writes seconds with ten decimals. */
function nanoseconds(time: string): bigint {
  const [seconds = "0", fraction = ""] = time.split(".");
  return BigInt(seconds) * 1_000_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, "0"));
}

/** Looks at what the target has, never through a symbolic link: what an earlier source had as one may be a directory now. */
function createTargetLook(target: string): (path: BytePath) => BigIntStats | undefined {
  const base = Buffer.from(`${target}/`).toString("latin1");
  let known = new Map<BytePath, boolean>();
  const isRealDirectory = (directory: BytePath): boolean => {
    if (directory === "") return true;
    let isReal = known.get(directory);
    if (isReal === undefined) {
      isReal = isRealDirectory(parentOf(directory)) && statsOf(base + directory)?.isDirectory() === true;
      if (known.size > 10_000) known = new Map();
      known.set(directory, isReal);
    }
    return isReal;
  };
  return (path) => {
    return isRealDirectory(parentOf(path)) ? statsOf(base + path) : undefined;
  };
}

function parentOf(path: BytePath): BytePath {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

function statsOf(path: BytePath): BigIntStats | undefined {
  return lstatSync(Buffer.from(path, "latin1"), { bigint: true, throwIfNoEntry: false });
}
