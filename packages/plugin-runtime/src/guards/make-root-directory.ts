import { mkdir, mkdtemp, readdir, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PREFIX = "opendvp-plugin-root-";

/**
 * A new directory for the roots of plugin processes, so that nothing is hidden by what is mounted on it. Those of engines that were
 * killed are empty, and go: all in a directory of this engine alone, in the shared temporary one those whose process is no more.
 */
export async function makeRootDirectory(workDirectory: string | undefined): Promise<string> {
  const parent = workDirectory ?? tmpdir();
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const leftovers = (await readdir(parent)).filter((name) => name.startsWith(PREFIX) && (workDirectory !== undefined || isOrphan(name)));
  await Promise.allSettled(leftovers.map((name) => rmdir(join(parent, name))));
  return mkdtemp(join(parent, `${PREFIX}${String(process.pid)}-`));
}

// Removing the root of a live process would take its mounts away in its own namespace, too.
function isOrphan(name: string): boolean {
  const pid = Number(/^(\d+)-/.exec(name.slice(PREFIX.length))?.[1]);
  return Number.isSafeInteger(pid) && pid > 0 && !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
