import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const MARK = ".opendvp-quickstart";
const KEPT = "kept ";

export interface ClaimOptions {
  /** Removes what a former tour left in the directory, and tells whether it could. */
  readonly clean: (directory: string) => boolean;
  /** Whether an engine that was kept there goes as well. */
  readonly isReplacing: boolean;
}

/**
 * Makes the tour's directory anew and marks it as this process's.
 * @throws Error where it holds somebody else's files, a tour that goes on, or an engine that somebody has kept
 */
export async function claimDirectory(directory: string, { clean, isReplacing }: ClaimOptions): Promise<void> {
  if (!(await isOurs(directory))) {
    throw new Error(`--directory: ${directory} holds files that are not the quickstart's. Name one that is empty or does not exist.`);
  }
  const owner = await runningOwner(directory);
  if (owner !== undefined) {
    throw new Error(`Another quickstart, process ${owner}, works in ${directory}. Wait for it, or name another place with --directory.`);
  }
  const address = await keptEngine(directory);
  if (address !== undefined && !isReplacing) {
    throw new Error(
      `An engine that an earlier run has kept lives in ${directory} (${address}), with whatever was made in it since. ` +
        "Say --replace to remove it, or name another place with --directory.",
    );
  }
  if (!clean(directory)) throw new Error(`${directory} could not be emptied: what is still in use there is named above.`);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, MARK), `${process.pid}\n`);
}

/** Notes that the engine in a directory is to stay: the next tour leaves it alone. */
export async function keepDirectory(directory: string, address: string): Promise<void> {
  await writeFile(join(directory, MARK), `${KEPT}${address}\n`);
}

/** Where the engine answers, or did, that somebody has kept. */
async function keptEngine(directory: string): Promise<string | undefined> {
  const mark = await readFile(join(directory, MARK), "utf8").catch(() => "");
  return mark.startsWith(KEPT) ? mark.slice(KEPT.length).trim() : undefined;
}

/** Whether a directory may be emptied: it is not there, holds nothing, or a former tour has marked it. */
async function isOurs(directory: string): Promise<boolean> {
  if (!existsSync(directory)) return true;
  const entries = await readdir(directory);
  return entries.length === 0 || entries.includes(MARK);
}

/** The process whose tour goes on in a directory. A number that another program has by now is not one. */
async function runningOwner(directory: string): Promise<number | undefined> {
  const pid = Number(await readFile(join(directory, MARK), "utf8").catch(() => ""));
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return undefined;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return commandLine.includes("quickstart") ? pid : undefined;
}
