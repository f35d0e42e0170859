import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TreeFile } from "./tree-file.ts";

const LARGEST_BYTES = 2 ** 20;

/** All files that git holds or would hold; what it ignores, such as builds, is not part of the tree. */
export function readTree(root: string): TreeFile[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root, encoding: "utf8" });
  return listed
    .split("\0")
    .filter((path) => path !== "" && isText(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

function isText(path: string): boolean {
  if (!existsSync(path)) return false;
  const entry = lstatSync(path);
  return entry.isFile() && entry.size <= LARGEST_BYTES;
}
