import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGES = fileURLToPath(new URL("../../../", import.meta.url));
const OUTPUTS = ["plugin-runtime/dist/node/runner/main.js", "plugin-protocol/dist/index.js"];
const SOURCES = ["plugin-runtime/src/node/runner", "plugin-protocol/src"];

/** Plugin processes run what is built; the tests of it must not run something older than the sources. */
export function buildRunner(): void {
  const built = OUTPUTS.map((path) => join(PACKAGES, path)).map((path) => (existsSync(path) ? statSync(path).mtimeMs : 0));
  const changed = SOURCES.flatMap((path) => filesBelow(join(PACKAGES, path))).map((path) => statSync(path).mtimeMs);
  if (Math.min(...built) > Math.max(...changed)) return;
  execFileSync(join(PACKAGES, "../node_modules/.bin/tsc"), ["-b", join(PACKAGES, "plugin-runtime")], { stdio: "inherit" });
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
