import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const TSC = fileURLToPath(new URL("../../../../node_modules/.bin/tsc", import.meta.url));
const RUNNER = fileURLToPath(new URL("../../tsconfig.runner.json", import.meta.url));
const RUNTIME = fileURLToPath(new URL("../../tsconfig.json", import.meta.url));

/** Plugin processes run what is built: it must not be older than the sources. The runner is a small project of its own. */
export function buildRunner(): void {
  build(RUNNER);
}

/** For tests that start an engine of their own. */
export function buildRuntime(): void {
  build(RUNTIME);
}

function build(project: string): void {
  const { status, stdout } = spawnSync(TSC, ["-b", project], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${project} cannot be built:\n${stdout}`);
}
