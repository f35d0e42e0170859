import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

interface Manifest {
  readonly exports: { readonly ".": { readonly default: string } };
}

/**
 * The built module of one of our packages. In a checkout imports may lead to the sources, by a condition that only we
 * know; what goes into a plugin is always what is shipped.
 */
export function builtEntry(packageName: string, importingFile: string): string {
  const root = packageRoot(createRequire(importingFile).resolve(packageName));
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
  return join(root, manifest.exports["."].default);
}

function packageRoot(file: string): string {
  let directory = dirname(file);
  while (!existsSync(join(directory, "package.json"))) {
    const parent = dirname(directory);
    if (parent === directory) throw new Error(`${file} belongs to no package.`);
    directory = parent;
  }
  return directory;
}
