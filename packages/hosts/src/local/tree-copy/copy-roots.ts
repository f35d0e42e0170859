import { posix } from "node:path";
import { EngineError } from "@opendvp/model";
import { readSource, type SourceReader } from "./source-reader.ts";

/** A part of the copy: the whole source, or what a followed link points to. */
export interface CopyRoot {
  readonly kind: "TREE" | "FILE";
  readonly isWhole: boolean;
  /** Directory or file, as a path of the source host. */
  readonly source: string;
  /** Directory or file, as a path of the engine's. */
  readonly target: string;
  /** Where the whole copy lies; `target` is this or below it. */
  readonly base: string;
  /** rsync patterns. */
  readonly excludePatterns: readonly string[];
  /** Followed links below this root, relative to it: copied as roots of their own. */
  readonly separatePaths: readonly string[];
}

interface Request {
  readonly excludePaths: readonly string[];
  readonly symLinksToFollow: readonly string[];
}

/** The roots in the order in which they are copied: the whole last, so that times of directories come out right. */
export async function planRoots(
  reader: SourceReader,
  paths: { readonly source: string; readonly target: string },
  request: Request,
): Promise<CopyRoot[]> {
  const patterns = request.excludePaths.filter((path) => path !== "").map((path) => withinSource(path, paths.source) ?? path);
  const wanted = [...new Set(request.symLinksToFollow.map((path) => relativeLink(path, paths.source)))];
  const links = await followedLinks(reader, paths.source, wanted);
  const followed = links.map(({ path, kind }) => ({
    kind,
    isWhole: false,
    source: `${paths.source}/${path}`,
    target: `${paths.target}/${path}`,
    base: paths.target,
    excludePatterns: patterns.flatMap((pattern) => below(pattern, path)),
    separatePaths: links.flatMap((other) => (other.path.startsWith(`${path}/`) ? [other.path.slice(path.length + 1)] : [])),
  }));
  // Deeper ones first: what lies below a root is protected in it, and gets its place before.
  followed.sort((a, b) => b.target.split("/").length - a.target.split("/").length);
  const separatePaths = links.map(({ path }) => path);
  const whole = { kind: "TREE" as const, isWhole: true, ...paths, base: paths.target, excludePatterns: patterns, separatePaths };
  return [...followed, whole];
}

/** `/data/src/tmp` of the source `/data/src` is the pattern `/tmp`; other patterns go to rsync as they are. */
function withinSource(path: string, source: string): string | undefined {
  const directory = source.endsWith("/") ? source : `${source}/`;
  return path.startsWith(directory) ? `/${path.slice(directory.length)}` : undefined;
}

/** What a pattern of the whole means below a directory: one that is tied to the root holds only if it leads there. */
function below(pattern: string, directory: string): string[] {
  if (!pattern.startsWith("/")) return [pattern];
  return pattern.startsWith(`/${directory}/`) ? [pattern.slice(directory.length + 1)] : [];
}

function relativeLink(path: string, source: string): string {
  const relative = posix.isAbsolute(path) ? withinSource(posix.normalize(path), posix.normalize(source))?.slice(1) : posix.normalize(path);
  const link = relative?.replace(/\/+$/, "");
  if (link !== undefined && link !== "" && link !== "." && link !== ".." && !link.startsWith("../") && !link.includes("\0")) return link;
  throw new EngineError("PATH_INVALID", `The link to follow ${JSON.stringify(path)} does not lie below the source ${source}.`, {
    action: "Name symbolic links below the source directory, relative to it or by their whole path.",
    details: { path, source },
  });
}

interface FollowedLink {
  readonly path: string;
  readonly kind: "TREE" | "FILE";
}

/** Those that really are links; what is named but is a plain file or directory is copied with the rest anyway. */
async function followedLinks(reader: SourceReader, source: string, wanted: readonly string[]): Promise<FollowedLink[]> {
  const asked = [...new Set(wanted.flatMap(withParents))];
  const kinds = await kindsOf(reader, source, asked);
  return wanted.flatMap((path) => {
    const parent = withParents(path).find((candidate) => candidate !== path && isLink(kinds.get(candidate)) && !wanted.includes(candidate));
    if (parent !== undefined) throw behindLink(path, parent);
    const kind = kinds.get(path) ?? "--";
    if (kind.endsWith("-")) throw missing(`${source}/${path}`, reader);
    return isLink(kind) ? [{ path, kind: kind.endsWith("D") ? ("TREE" as const) : ("FILE" as const) }] : [];
  });
}

function isLink(kind: string | undefined): boolean {
  return kind?.startsWith("L") === true;
}

function withParents(path: string): string[] {
  return path.split("/").map((_, index, names) => names.slice(0, index + 1).join("/"));
}

/** Two letters each: L for a link, then D, F, or - for what cannot be reached. */
const TELL_KINDS = `while IFS= read -r -d '' path; do
  link=-; target=-
  if [ -L "./$path" ]; then link=L; fi
  if [ -d "./$path" ]; then target=D; elif [ -e "./$path" ]; then target=F; fi
  printf '%s%s\\n' "$link" "$target"
done`;

async function kindsOf(reader: SourceReader, source: string, paths: readonly string[]): Promise<Map<string, string>> {
  if (paths.length === 0) return new Map();
  const text = paths.map((path) => `${path}\0`).join("");
  const answer = await readSource(reader, { directory: source, args: ["bash", "-c", TELL_KINDS], stdin: { text } });
  const kinds = answer.split("\n");
  return new Map(paths.map((path, index) => [path, kinds[index] ?? "--"]));
}

function behindLink(path: string, parent: string): EngineError {
  return new EngineError(
    "PATH_INVALID",
    `The link to follow ${path} lies behind the symbolic link ${parent}, which is not followed itself.`,
    {
      action: `Follow ${parent} too, or name the place where the link really lies.`,
      details: { path, parent },
    },
  );
}

function missing(path: string, reader: SourceReader): EngineError {
  return new EngineError(
    "SOURCE_UNREADABLE",
    `The link to follow ${path} does not exist or leads to nothing that ${reader.user.userName} can reach.`,
    {
      action: "Mend the link, or follow it no longer.",
      details: { files: [path], count: 1 },
    },
  );
}
