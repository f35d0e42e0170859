import { cp } from "node:fs/promises";
import { join } from "node:path";
import { buildToolkit, type BuiltToolkit } from "@opendvp/plugin-tools";

/** The toolkits here; an edition is laid over the directory of its toolkit. */
const TOOLKITS = {
  "staged-files": { name: "staged-files", directories: ["staged-files"] },
  "staged-files-2.0": { name: "staged-files", directories: ["staged-files", "staged-files-2.0"] },
  "direct-files": { name: "direct-files", directories: ["direct-files"] },
} as const;

export type TestToolkit = keyof typeof TOOLKITS;

/** Builds a toolkit in a directory of the test's own; `workDirectory` must be the edition's alone. */
export async function buildTestToolkit(toolkit: TestToolkit, workDirectory: string): Promise<BuiltToolkit> {
  const { name, directories } = TOOLKITS[toolkit];
  const sourceDirectory = join(workDirectory, name);
  for (const directory of directories) await cp(join(import.meta.dirname, directory), sourceDirectory, { recursive: true });
  return buildToolkit({ sourceDirectory, artifactFile: join(workDirectory, `${toolkit}.json`) });
}
