import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { Problem } from "@opendvp/model";
import type { PluginFile } from "./plugin-file.ts";

export interface Resources {
  readonly files: readonly PluginFile[];
  readonly warnings: readonly Problem[];
}

const LEFT_OUT: ReadonlySet<string> = new Set(["node_modules", "tsconfig.json"]);

/**
 * The files of the source directory that go along as they are: all but what is left out by the caller, hidden files and node_modules.
 */
export async function collectResources(sourceDirectory: string, isLeftOut: (path: string) => boolean): Promise<Resources> {
  const files: PluginFile[] = [];
  const warnings: Problem[] = [];
  const waiting = [sourceDirectory];
  for (let directory = waiting.pop(); directory !== undefined; directory = waiting.pop()) {
    for (const entry of await readdir(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.name.startsWith(".") || LEFT_OUT.has(entry.name)) continue;
      const name = relative(sourceDirectory, path).split(sep).join("/");
      if (entry.isDirectory()) waiting.push(path);
      else if (!entry.isFile()) warnings.push({ where: name, message: "is no regular file, and is left out of the artifact" });
      else if (!isLeftOut(path)) files.push(await readResource(path, name));
    }
  }
  return { files, warnings };
}

async function readResource(file: string, path: string): Promise<PluginFile> {
  const { mode } = await stat(file);
  return { path, contents: await readFile(file), isExecutable: (mode & 0o100) !== 0 };
}
