import { spawn } from "node:child_process";
import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => {
  spawn("sleep", ["4242"], { detached: true, stdio: "ignore" }).unref();
});
