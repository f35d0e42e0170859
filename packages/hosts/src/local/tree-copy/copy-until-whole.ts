import type { RsyncOutcome } from "./rsync-report.ts";

const MOST_COPIES = 5;

/**
 * Copies a tree that may change meanwhile; gives the bytes changed by all its copies. A file that vanishes was never there: the copy is
 * repeated once and then taken as it is. One that is incomplete is repeated until it is not.
 * @throws EngineError why the last of five was incomplete
 */
export async function copyUntilWhole(copyOnce: () => Promise<RsyncOutcome>): Promise<number> {
  let bytesChanged = 0;
  for (let copies = 1; ; copies++) {
    const outcome = await copyOnce();
    bytesChanged += outcome.bytesChanged;
    if (outcome.incomplete === undefined && (!outcome.hasVanishedFiles || copies > 1)) return bytesChanged;
    if (outcome.incomplete !== undefined && copies === MOST_COPIES) throw outcome.incomplete;
  }
}
