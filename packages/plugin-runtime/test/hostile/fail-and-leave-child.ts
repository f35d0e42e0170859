import { spawn } from "node:child_process";
import { UserError } from "@opendvp/plugin-sdk";
import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => {
  spawn("setsid", ["sleep", "4244"], { detached: true, stdio: "inherit" }).unref();
  throw new UserError("I fail");
});
