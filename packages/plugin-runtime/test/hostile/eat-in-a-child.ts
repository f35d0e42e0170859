import { execFileSync } from "node:child_process";
import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => {
  execFileSync("tail", ["/dev/zero"]);
});
