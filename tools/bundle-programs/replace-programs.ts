import { existsSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

export interface BundledFile {
  readonly path: string;
  readonly contents: Uint8Array;
}

/** Whether a file holds what several programs share. */
export function isChunk(path: string): boolean {
  return /^chunk-\w+\.js$/.test(basename(path));
}

/**
 * Puts bundled files in the places of older ones. A program that is being started meanwhile is the old one or the new one: chunks come
 * before what imports them, and go after it. All programs count as made now, also those that stay as they are.
 */
export function replacePrograms(dist: string, files: readonly BundledFile[], programs: readonly string[]): void {
  const chunksFirst = [...files.filter(({ path }) => isChunk(path)), ...files.filter(({ path }) => !isChunk(path))];
  for (const file of chunksFirst) replace(file);
  const now = new Date();
  for (const name of programs) utimesSync(join(dist, `${name}.js`), now, now);
  const current = new Set(files.map(({ path }) => basename(path)));
  for (const name of readdirSync(dist)) if (isChunk(name) && !current.has(name)) rmSync(join(dist, name));
}

function replace({ path, contents }: BundledFile): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  const fresh = `${path}.${String(process.pid)}`;
  writeFileSync(fresh, contents, { mode: 0o755 });
  renameSync(fresh, path);
}
