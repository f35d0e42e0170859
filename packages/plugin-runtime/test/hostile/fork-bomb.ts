import { spawn } from "node:child_process";
import { forever, hostile } from "../support/hostile-plugin.ts";

/** What it does is repeated by each of its children. */
export const plugin = hostile(async () => {
  spawn("bash", ["-c", "bomb() { bomb | bomb & }; while :; do bomb; done"], { stdio: "ignore", detached: true });
  await forever();
});
