import { readdirSync, readlinkSync } from "node:fs";
import { endFamily } from "./end-with-descendants.ts";
import { readProcessTable, readProcFile } from "./process-table.ts";

/** Processes that have something at or below the path as working directory, root, program, open file or mapped file. */
export function findUsersOf(path: string): Promise<number[]> {
  return Promise.resolve(usersOf(path, readProcessTable().keys()));
}

/** Ends all that `findUsersOf` finds, with all descendants, until nothing more turns up. Returns how many. */
export function endUsersOf(path: string): Promise<number> {
  return endFamily((table) => usersOf(path, table.keys()));
}

function usersOf(path: string, pids: Iterable<number>): number[] {
  const isBelow = belowMatcher(path);
  return [...pids].filter((pid) => pid !== process.pid && usesAny(pid, isBelow));
}

function usesAny(pid: number, isBelow: (path: string) => boolean): boolean {
  const base = `/proc/${String(pid)}`;
  for (const name of ["cwd", "root", "exe"]) if (linkMatches(`${base}/${name}`, isBelow)) return true;
  for (const fd of listDirectory(`${base}/fd`)) if (linkMatches(`${base}/fd/${fd}`, isBelow)) return true;
  return mapsAny(pid, isBelow);
}

function mapsAny(pid: number, isBelow: (path: string) => boolean): boolean {
  const maps = readProcFile(pid, "maps") ?? "";
  // Five fields stand before the path; newlines in it are written as \012.
  for (const [, path = ""] of maps.matchAll(/^\S+ \S+ \S+ \S+ \S+ +(\/.*)$/gm)) if (isBelow(path.replaceAll("\\012", "\n"))) return true;
  return false;
}

/** The kernel adds " (deleted)" to the path of a file that is gone. */
function belowMatcher(path: string): (candidate: string) => boolean {
  const directory = path.endsWith("/") ? path : `${path}/`;
  return (candidate) => candidate === path || candidate.startsWith(directory) || candidate === `${path} (deleted)`;
}

function linkMatches(link: string, isBelow: (path: string) => boolean): boolean {
  try {
    return isBelow(readlinkSync(link));
  } catch {
    return false;
  }
}

function listDirectory(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
