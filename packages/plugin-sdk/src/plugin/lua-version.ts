import { checkText } from "../arguments/check-argument.ts";
import { MigrationIdError } from "../errors/migration-id-error.ts";

const SHAPE = /^(\d+)\.(\d+)$/;

/** `major.minor` without leading zeros: `01.02` is `1.2`. */
export function canonicalLuaVersion(method: string, version: string): string {
  checkText(method, "luaVersion", version);
  const [, major, minor] = SHAPE.exec(version) ?? [];
  if (major === undefined || minor === undefined)
    throw new MigrationIdError(
      `The luaVersion '${version}' of ${method} must be the major and minor number of the toolkit's version that it upgrades from, such as '1.0'.`,
    );
  return `${BigInt(major)}.${BigInt(minor)}`;
}
