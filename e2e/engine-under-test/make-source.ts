import { chmod, chown, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runProcess } from "@opendvp/subprocess";
import type { EngineUnderTest } from "./engine-under-test.ts";

/** A directory with one file for plugins to link, in the engine's own; the user of commands owns it and may change it. Gives its path. */
export async function makeSource({ directory, environmentUser }: EngineUnderTest, name = "source"): Promise<string> {
  const path = join(directory, name);
  await mkdir(path);
  await writeFile(join(path, "file"), "of the source");
  await chmod(path, 0o755);
  const [user, group] = [await idOf("-u", environmentUser), await idOf("-g", environmentUser)];
  for (const owned of [path, join(path, "file")]) await chown(owned, user, group);
  return path;
}

async function idOf(option: "-u" | "-g", user: string): Promise<number> {
  return Number((await runProcess({ file: "id", args: [option, user] })).stdout);
}
