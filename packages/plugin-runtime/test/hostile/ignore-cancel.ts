import { spawn } from "node:child_process";
import { forever, hostile } from "../support/hostile-plugin.ts";

/** So do its children. */
export const plugin = hostile(async () => {
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => undefined);
  spawn("sh", ["-c", "trap '' TERM INT HUP; while :; do sleep 1; done"], { detached: true, stdio: "inherit" });
  console.log("not listening");
  await forever();
});
