import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A throw-away tree of source files, given as path → text. */
export function createTree(files: Readonly<Record<string, string>>): { readonly directory: string; remove(): void } {
  const directory = mkdtempSync(join(tmpdir(), "opendvp-tree-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
