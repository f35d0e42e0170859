/** `filefrag` is asked to count in blocks of this size. */
export const BLOCK_BYTES = 1024;
// btrfs compresses at most 128 KiB into at least 4 KiB, and tells the length before.
const STRONGEST_COMPRESSION = 32;

const EXTENT = /^ *\d+: +\d+\.\. *\d+: +\d+\.\. *\d+: +(?<length>\d+):(?: +\d+:)? *(?<flags>[a-z_,]+)?$/;

/** Adds up the extents that `filefrag -v` lists, line by line: there are as many as files, and more. */
export class ExtentSum {
  #referencedBytes = 0;
  #exclusiveBytes = 0;
  #leastFreedBytes = 0;

  get referencedBytes(): number {
    return this.#referencedBytes;
  }

  /** What no other file shares. */
  get exclusiveBytes(): number {
    return this.#exclusiveBytes;
  }

  /** What is on disk at least of that which no other file shares. */
  get leastFreedBytes(): number {
    return Math.floor(this.#leastFreedBytes);
  }

  add(line: string): void {
    const groups = EXTENT.exec(line)?.groups;
    if (groups === undefined) return;
    const bytes = Number(groups["length"]) * BLOCK_BYTES;
    const flags = (groups["flags"] ?? "").split(",");
    this.#referencedBytes += bytes;
    if (flags.includes("shared")) return;
    this.#exclusiveBytes += bytes;
    this.#leastFreedBytes += flags.includes("encoded") ? bytes / STRONGEST_COMPRESSION : bytes;
  }
}
