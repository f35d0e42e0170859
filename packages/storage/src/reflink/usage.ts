import { once } from "node:events";
import type { Readable } from "node:stream";
import type { DatasetUsage, StorageCaller } from "@opendvp/core";
import { runProgram } from "../pool/run-program.ts";
import { readFromProgram } from "../stream/program-streams.ts";
import { BLOCK_BYTES, ExtentSum } from "./extent-sum.ts";

/** Somebody who asked for a deletion waits for the answer. */
const LONGEST_MS = 2000;

/**
 * Lists the extents of all files below the working directory. What disappears meanwhile, as in a database that runs, has
 * none. A name with a line end could look like a list of extents, so such a file is handed over without its name.
 */
const LIST_EXTENTS = String.raw`
export LC_ALL=C
command -v filefrag >/dev/null || { echo 'filefrag is not installed' >&2; exit 1; }
list() {
  find . -xdev -type f -size +0 ! -path $'*\n*' -print0 | xargs -0 -r filefrag -v -b${BLOCK_BYTES} --
  find . -xdev -type f -size +0 -path $'*\n*' -exec bash -c '{ exec < "$1"; } 2>/dev/null && filefrag -v -b${BLOCK_BYTES} /dev/stdin' bash {} \;
}
exec 3>&1
problems=$(list 2>&1 >&3 | grep -v ': No such file or directory$' | head -n 5)
[ -z "$problems" ] || { printf '%s\n' "$problems" >&2; exit 1; }
`;

/** Bytes of file content without metadata, from the extents of each file. What two files of the same tree share counts as shared. */
export async function usageOf(path: string): Promise<DatasetUsage> {
  const sum = new ExtentSum();
  await measure(path, sum, {});
  return { exclusiveBytes: sum.exclusiveBytes, referencedBytes: sum.referencedBytes };
}

/**
 * What nobody shares is freed for sure; what these share among themselves alone cannot be told from the rest. As it is
 * "at least" anyway, what was not measured in time is left out.
 */
export async function freedBytes(
  paths: readonly string[],
  longestMs = LONGEST_MS,
): Promise<{ readonly bytes: number; readonly isExact: boolean }> {
  const sum = new ExtentSum();
  const signal = AbortSignal.timeout(longestMs);
  const measureAll = async (): Promise<void> => {
    for (const path of paths) await measure(path, sum, { signal });
  };
  try {
    // A program that waits for the disk cannot be ended before that answers.
    await Promise.race([measureAll(), once(signal, "abort")]);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return { bytes: sum.leastFreedBytes, isExact: false };
}

async function measure(tree: string, sum: ExtentSum, caller: StorageCaller): Promise<void> {
  // What is still in memory has no extents yet.
  await runProgram("sync", ["--file-system", "--", tree], caller);
  for await (const line of linesOf(readFromProgram("bash", ["-c", LIST_EXTENTS], { ...caller, cwd: tree }))) sum.add(line);
}

/** Line ends alone divide: names may have all that else passes for one. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const lines = (rest + chunk.toString("latin1")).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
