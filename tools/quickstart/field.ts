import type { Answer } from "./dvp.ts";

/** A text in an answer, by its path: `field(answer, "job.id")`. @throws Error where it is not there */
export function field(answer: Answer, path: string): string {
  const value = valueAt(answer, path);
  if (typeof value !== "string") throw new Error(`The answer has no text at ${path}: ${JSON.stringify(answer).slice(0, 300)}`);
  return value;
}

/** A number in an answer, by its path. @throws Error where it is not there */
export function numberField(answer: Answer, path: string): number {
  const value = valueAt(answer, path);
  if (typeof value !== "number") throw new Error(`The answer has no number at ${path}: ${JSON.stringify(answer).slice(0, 300)}`);
  return value;
}

/** The objects in a list, by its path. @throws Error where there is no list */
export function listAt(answer: Answer, path: string): readonly Answer[] {
  const value = valueAt(answer, path);
  if (!Array.isArray(value)) throw new Error(`The answer has no list at ${path}: ${JSON.stringify(answer).slice(0, 300)}`);
  return value as readonly Answer[];
}

/** What stands in an answer at a path; undefined where nothing does. */
export function valueAt(answer: Answer, path: string): unknown {
  let value: unknown = answer;
  for (const part of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[part];
  }
  return value;
}
