import { EngineError } from "@opendvp/model";

const PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const LONGEST = 120;

/**
 * Checks the name of a dataset or snapshot: it becomes a file name, so nothing else may get through.
 * @throws EngineError `NAME_INVALID`
 */
export function checkStorageName(name: string): string {
  if (name.length <= LONGEST && PATTERN.test(name)) return name;
  throw new EngineError("NAME_INVALID", `${JSON.stringify(name.slice(0, 140))} cannot be the name of a dataset or snapshot in a pool.`, {
    action: `Use 1 to ${LONGEST} characters of A-Z, a-z, 0-9, ".", "_" and "-", beginning with a letter or digit.`,
  });
}

export function isStorageName(name: string): boolean {
  return name.length <= LONGEST && PATTERN.test(name);
}
