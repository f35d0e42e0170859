import { EngineError } from "../errors/engine-error.ts";
import { looksLikeReference } from "./reference.ts";

export const LONGEST_NAME = 256;

// Control characters, path separators and line ends would make a name unreadable in a table, a log line or a path.
const FORBIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029/\\]/u;

/**
 * Checks the name of an object that a user named: 1 to 256 characters, no control characters, slashes or
 * line ends, no white space at either end, not `.` or `..`, and nothing that looks like a reference.
 * @throws EngineError `NAME_INVALID`
 */
export function checkName(name: string, what = "name"): string {
  const problem = problemOf(name);
  if (problem !== undefined) {
    throw new EngineError("NAME_INVALID", `The ${what} ${JSON.stringify(name.slice(0, 80))} ${problem}.`, {
      action: "Choose a name of 1 to 256 characters without slashes, control characters or surrounding spaces.",
      details: { field: what },
    });
  }
  return name;
}

function problemOf(name: string): string | undefined {
  if (name.length === 0) return "is empty";
  if (name.length > LONGEST_NAME) return `has more than ${LONGEST_NAME} characters`;
  if (name.trim() !== name) return "begins or ends with white space";
  if (FORBIDDEN.test(name)) return "contains a slash or a control character";
  if (name === "." || name === "..") return "is a path, not a name";
  if (looksLikeReference(name)) return "looks like a reference";
  return undefined;
}
