import { UserError } from "@opendvp/plugin-sdk";
import { KNOWN_FAILURES } from "./known-failures.ts";

const OWN_WORD = /^opendvp: .*\n?/gm;

/**
 * Turns what a script or a program of PostgreSQL's said into words for the user: what happened, and what mends it. The words
 * of both are looked for, the most telling first; what nobody knows is shown as it is.
 */
export function explainFailure(failure: string, stderr: string): UserError {
  const output = stderr.replaceAll(OWN_WORD, "").trim();
  for (const { pattern, message, action } of KNOWN_FAILURES) {
    const match = pattern.exec(stderr);
    if (match === null) continue;
    const fill = (text: string): string => text.replaceAll(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? "");
    return new UserError(`${failure}: ${fill(message)}.`, fill(action), output);
  }
  return new UserError(`${failure}.`, "See what PostgreSQL says, mend it, and try again.", output || stderr.trim());
}
