import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

const PARENT = "/var/tmp";
const PREFIX = "opendvp-test-";

const NAME = /^opendvp-test-([0-9]+)-(?:([0-9]+)-)?/;

/** Where the directories of all tests lie, and how their names begin. */
export const TEST_DIRECTORIES = join(PARENT, PREFIX);

/**
 * Makes a directory of its own for a test. Its name tells which process made it, so that `cleanUpLeftovers` of a
 * later run knows what nobody uses any more. The test removes it with `removeTestDirectory`.
 */
export async function makeTestDirectory(): Promise<string> {
  const directory = `${TEST_DIRECTORIES}${process.pid}-${startTimeOf(process.pid) ?? "0"}-${randomBytes(4).toString("hex")}`;
  await mkdir(directory, { mode: 0o755 });
  return directory;
}

/**
 * Whether an entry is the directory of a process that is gone: its number is nobody's, or was given to a later one.
 * Names without a process number are somebody else's.
 */
export function isLeftover(entry: string): boolean {
  const [, pid, startTime] = NAME.exec(entry) ?? [];
  if (pid === undefined) return false;
  const running = startTimeOf(Number(pid));
  return running === undefined || (startTime !== undefined && startTime !== running);
}

/** The clock tick at which a process started: with its number, it names the process for good. */
function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}
