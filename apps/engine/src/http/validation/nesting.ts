import { EngineError } from "@opendvp/model";

export const DEEPEST_NESTING = 64;

/** Refuses JSON nested so deep that walking it would exhaust the stack. */
export function checkNesting(value: unknown): void {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST_NESTING) {
      throw new EngineError("INPUT_INVALID", `The body of the request is nested deeper than ${DEEPEST_NESTING} levels.`, {
        details: { in: "body", keyword: "depth" },
      });
    }
    level = level.flatMap((item) => (typeof item === "object" && item !== null ? (Object.values(item) as unknown[]) : []));
  }
}
