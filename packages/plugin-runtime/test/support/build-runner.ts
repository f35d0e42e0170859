import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const TSC = fileURLToPath(new URL("../../../../node_modules/.bin/tsc", import.meta.url));
const PROJECT = fileURLToPath(new URL("../../tsconfig.runner.json", import.meta.url));

/** Plugin processes run what is built: it must not be older than the sources. The runner is a small project of its own. */
export function buildRunner(): void {
  const { status, stdout } = spawnSync(TSC, ["-b", PROJECT], { encoding: "utf8" });
  if (status !== 0) throw new Error(`The runner of plugin processes cannot be built:\n${stdout}`);
}
