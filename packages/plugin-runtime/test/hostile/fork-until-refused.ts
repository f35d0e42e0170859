import { spawn } from "node:child_process";
import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(async () => {
  for (;;) {
    const child = spawn("sleep", ["4243"], { stdio: "ignore" });
    await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
  }
});
