import type { ArtifactLimits } from "./artifact-limits.ts";
import { invalidArtifact } from "./invalid-artifact.ts";
import { readZipContent } from "./zip-content.ts";
import { readZipDirectory, type ZipEntry } from "./zip-directory.ts";

/** A file of a source tree; its path is relative, normal and safe below any directory. */
export interface TreeFile {
  readonly path: string;
  readonly sizeBytes: number;
  read(): Promise<Buffer>;
}

export interface SafeTree {
  /** All directories, parents before their children. */
  readonly directories: readonly string[];
  readonly files: readonly TreeFile[];
}

const TYPE_BITS = 0o170000;
const DIRECTORY = 0o040000;
const REGULAR = 0o100000;
const LONGEST_PART_BYTES = 255;
const LONGEST_PATH_BYTES = 1024;
const DEEPEST = 32;
// Control characters, the separators of other systems, drive letters and streams of Windows.
const FORBIDDEN = /[\p{Cc}\\:]/u;

/**
 * The tree that a zip unpacks to, or why it must not be unpacked. Checks all names and declared sizes before
 * anything is inflated.
 */
export function safeTree(zip: Buffer, limits: ArtifactLimits): SafeTree {
  const entries = readZipDirectory(zip, limits.entries);
  checkSizes(entries, zip.length, limits);
  const directories = new Set<string>();
  const files = new Map<string, TreeFile>();
  for (const entry of entries) {
    const parts = safeParts(entry);
    const path = parts.join("/");
    const isDirectory = entry.name.endsWith("/");
    for (const parent of parentsOf(isDirectory ? [...parts, ""] : parts)) directories.add(parent);
    if (isDirectory) continue;
    if (files.has(path)) throw invalidArtifact(`it has ${JSON.stringify(path)} twice`);
    files.set(path, { path, sizeBytes: entry.unpackedBytes, read: () => readZipContent(zip, entry) });
  }
  checkDistinct([...directories], [...files.keys()]);
  return { directories: [...directories].sort(), files: [...files.values()] };
}

function checkSizes(entries: readonly ZipEntry[], zipBytes: number, limits: ArtifactLimits): void {
  const unpackedBytes = entries.reduce((sum, entry) => sum + entry.unpackedBytes, 0);
  if (unpackedBytes > limits.unpackedBytes) {
    throw invalidArtifact(`it would take ${unpackedBytes} bytes, more than ${limits.unpackedBytes}`);
  }
  if (unpackedBytes > limits.ratioFreeBytes && unpackedBytes > zipBytes * limits.ratio) {
    throw invalidArtifact(`it would grow to more than ${limits.ratio} times its size`);
  }
}

function safeParts(entry: ZipEntry): readonly string[] {
  const { name, unixMode } = entry;
  const quoted = JSON.stringify(name);
  const isDirectory = name.endsWith("/");
  const type = unixMode & TYPE_BITS;
  if (type !== 0 && type !== (isDirectory ? DIRECTORY : REGULAR)) throw invalidArtifact(`${quoted} is a link or a special file`);
  if (isDirectory && entry.unpackedBytes !== 0) throw invalidArtifact(`${quoted} is a directory with content`);
  if (name.startsWith("/")) throw invalidArtifact(`${quoted} is an absolute path`);
  if (FORBIDDEN.test(name)) throw invalidArtifact(`${quoted} has characters that a path must not have`);
  if (Buffer.byteLength(name) > LONGEST_PATH_BYTES) throw invalidArtifact(`${quoted.slice(0, 80)}… is too long a path`);
  const parts = (isDirectory ? name.slice(0, -1) : name).split("/");
  if (parts.length > DEEPEST) throw invalidArtifact(`${quoted} lies too deep`);
  for (const part of parts) {
    if (part === "" || part === "." || part === "..") throw invalidArtifact(`${quoted} is not a plain path`);
    if (Buffer.byteLength(part) > LONGEST_PART_BYTES) throw invalidArtifact(`${quoted} has too long a name`);
  }
  return parts;
}

function parentsOf(parts: readonly string[]): readonly string[] {
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** Paths that some file system takes for the same would overwrite each other there. */
function checkDistinct(directories: readonly string[], files: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const path of [...directories, ...files]) {
    const folded = path.normalize("NFC").toLowerCase();
    const other = seen.get(folded);
    if (other !== undefined)
      throw invalidArtifact(`${JSON.stringify(other)} and ${JSON.stringify(path)} are the same path on some systems`);
    seen.set(folded, path);
  }
}
