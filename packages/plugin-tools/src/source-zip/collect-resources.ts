import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { Problem } from "@opendvp/model";
import type { PluginFile } from "./plugin-file.ts";

export interface Resources {
  readonly files: readonly PluginFile[];
  readonly warnings: readonly Problem[];
}

const SOURCE = /\.[cm]?tsx?$/;
const LEFT_OUT: ReadonlySet<string> = new Set(["node_modules", "tsconfig.json"]);

/**
 * The files beside the plugin's code that it may read at run time: all of the source directory but TypeScript, what is
 * in the bundle already, hidden files and node_modules.
 */
export async function collectResources(sourceDirectory: string, bundled: ReadonlySet<string>): Promise<Resources> {
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
      else if (!SOURCE.test(entry.name) && !bundled.has(path)) files.push(await readResource(path, name));
    }
  }
  return { files, warnings };
}

async function readResource(file: string, path: string): Promise<PluginFile> {
  const { mode } = await stat(file);
  return { path, contents: await readFile(file), isExecutable: (mode & 0o100) !== 0 };
}
