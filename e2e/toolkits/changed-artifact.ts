import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** An artifact with other members, as a file beside it; undefined leaves a member out. */
export async function changedArtifact(file: string, name: string, changes: Readonly<Record<string, unknown>>): Promise<string> {
  const changed = join(file, "..", `${name}.json`);
  await writeFile(changed, JSON.stringify({ ...(JSON.parse(await readFile(file, "utf8")) as object), ...changes }));
  return changed;
}
