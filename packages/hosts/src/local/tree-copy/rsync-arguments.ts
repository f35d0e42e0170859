import type { CopyRoot } from "./copy-roots.ts";

/** Everything that a file is, and in place, so that blocks that did not change stay shared with the last snapshot. */
export const COPY_ARGUMENTS: readonly string[] = [
  "--archive",
  "--hard-links",
  "--acls",
  "--xattrs",
  "--sparse",
  "--numeric-ids",
  "--inplace",
  "--no-whole-file",
  // Times count to the nanosecond.
  "--modify-window=-1",
  "--force",
  // Names reach the other half as they are; -s is its name in all versions.
  "-s",
  "--no-human-readable",
  "--stats",
  "--info=progress2",
];

/** What is excluded is also removed from the target, so that it never keeps a stale state. */
export function treeArguments(root: CopyRoot): string[] {
  return [
    ...COPY_ARGUMENTS,
    "--delete",
    "--delete-excluded",
    // What is followed is copied on its own: hidden from the reader, protected from deletion by the writer.
    ...root.separatePaths.flatMap((path) => [`--filter=hide ${anchored(path)}`, `--filter=protect ${anchored(path)}`]),
    ...root.excludePatterns.map((pattern) => `--filter=exclude ${pattern}`),
  ];
}

/** An rsync pattern that means one path below the root and nothing else. A backslash escapes only where there are wildcards. */
export function anchored(path: string): string {
  return /[*?[]/.test(path) ? `/${path.replaceAll(/[*?[\\]/g, "\\$&")}` : `/${path}`;
}
