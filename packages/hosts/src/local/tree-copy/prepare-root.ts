import { lstatSync, mkdirSync, rmSync, type Stats } from "node:fs";
import type { CopyRoot } from "./copy-roots.ts";

/**
 * Makes way for what a followed link points to: real directories down to it. A symbolic link of an earlier copy would
 * lead the writer out of the target.
 */
export function prepareRoot(root: CopyRoot): void {
  if (root.isWhole) return;
  const names = root.target.slice(root.base.length + 1).split("/");
  const directories = root.kind === "TREE" ? names.length : names.length - 1;
  for (let depth = 1; depth <= directories; depth++) makeRealDirectory(`${root.base}/${names.slice(0, depth).join("/")}`);
  if (root.kind === "FILE" && !isPlainFile(statsOf(root.target))) rmSync(root.target, { recursive: true, force: true });
}

function makeRealDirectory(path: string): void {
  if (statsOf(path)?.isDirectory() === true) return;
  rmSync(path, { force: true });
  mkdirSync(path);
}

/** One that can be written in place without changing another name's content. */
function isPlainFile(stats: Stats | undefined): boolean {
  return stats?.isFile() === true && stats.nlink === 1;
}

function statsOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}
