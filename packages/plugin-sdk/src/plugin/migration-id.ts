import { checkText } from "../arguments/check-argument.ts";
import { MigrationIdError } from "../errors/migration-id-error.ts";

const SHAPE = /^\d+(\.\d+)*$/;

/** Integer parts without leading zeros and without trailing zero parts: `01.02.0` is `1.2`. */
export function canonicalMigrationId(method: string, id: string): string {
  checkText(method, "id", id);
  if (!SHAPE.test(id))
    throw new MigrationIdError(`The migration id '${id}' of ${method} must be integers joined by dots, such as '2026.11.21'.`);
  const canonical = id
    .split(".")
    .map((part) => part.replace(/^0+(?=\d)/, ""))
    .join(".")
    .replace(/(\.0)+$/, "");
  if (canonical === "0") throw new MigrationIdError(`The migration id '${id}' of ${method} must not be zero.`);
  return canonical;
}

/** Numerically, part by part: 1.9 before 1.10. */
export function compareMigrationIds(left: string, right: string): number {
  const [a, b] = [left.split("."), right.split(".")];
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = BigInt(a[index] ?? "0") - BigInt(b[index] ?? "0");
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  return 0;
}
