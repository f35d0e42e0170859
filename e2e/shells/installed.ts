import { accessSync, constants } from "node:fs";
import { join } from "node:path";

/** Whether a program is on the PATH. */
export function isInstalled(program: string): boolean {
  return (process.env["PATH"] ?? "").split(":").some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
