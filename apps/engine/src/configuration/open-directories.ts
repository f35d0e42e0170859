import { join } from "node:path";

/** What plugins and environment users must reach: beside the data directory, which nobody else may enter. */
export interface OpenDirectories {
  /** Holds the others. */
  readonly all: string;
  readonly scratch: string;
  /** Programs for plugins' commands; made anew at each start. */
  readonly helpers: string;
  /** Where snapshots are mounted while they are prepared; empty otherwise. */
  readonly preparation: string;
}

export function openDirectories(dataDirectory: string): OpenDirectories {
  const all = `${dataDirectory}-hosts`;
  return { all, scratch: join(all, "scratch"), helpers: join(all, "toolkit"), preparation: join(all, "prepare") };
}
