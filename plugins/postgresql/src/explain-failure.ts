import { UserError } from "@opendvp/plugin-sdk";
import { KNOWN_FAILURES, type Side } from "./known-failures.ts";

const OWN_WORD = /^opendvp: .*\n?/gm;

export interface Attempt {
  /** What it does, as the beginning of a sentence about its failure: `The copy could not be started`. */
  readonly failure: string;
  readonly side: Side;
}

/**
 * Turns what a script or a program of PostgreSQL's said into words for the user: what happened, and what mends it. The words
 * of both are looked for, the most telling first; what nobody knows is shown as it is.
 */
export function explainFailure({ failure, side }: Attempt, stderr: string): UserError {
  const output = stderr.replaceAll(OWN_WORD, "").trim();
  for (const { pattern, message, action } of KNOWN_FAILURES[side]) {
    const match = pattern.exec(stderr);
    if (match === null) continue;
    const fill = (text: string): string => text.replaceAll(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? "");
    return new UserError(`${failure}: ${fill(message)}.`, fill(action), output);
  }
  return new UserError(`${failure}.`, "See what PostgreSQL says, mend it, and try again.", output || stderr.trim());
}
