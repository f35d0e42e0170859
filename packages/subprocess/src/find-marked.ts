import { endFamily } from "./end-with-descendants.ts";
import { ownLineage, readProcFile, readProcessTable } from "./process-table.ts";

export const MARK_VARIABLE = "OPENDVP_MARK";

/**
 * Processes whose mark begins with the prefix, this process and its ancestors excepted.
 * A program that overwrites its environment is not found: look for its parent and go by descent (`endWithDescendants`).
 */
export function findMarked(markPrefix: string): Promise<number[]> {
  const table = readProcessTable();
  const lineage = ownLineage(table);
  return Promise.resolve(findByVariable(MARK_VARIABLE, markPrefix, table.keys()).filter((pid) => !lineage.has(pid)));
}

/** Ends all that `findMarked` finds, with all descendants, until nothing more turns up. Returns how many. */
export function endMarked(markPrefix: string): Promise<number> {
  return endFamily((table) => findByVariable(MARK_VARIABLE, markPrefix, table.keys()));
}

/** Those processes that were started with a variable whose value begins so. */
export function findByVariable(name: string, valuePrefix: string, pids: Iterable<number>): number[] {
  const wanted = `\0${name}=${valuePrefix}`;
  return [...pids].filter((pid) => `\0${readProcFile(pid, "environ") ?? ""}`.includes(wanted));
}
