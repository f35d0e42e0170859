import { spawnSync } from "node:child_process";
import { hostile } from "../support/hostile-plugin.ts";

/** Out of its session, forked twice, without environment, under another name, and with the plugin's stdout and pipes in its hands. */
export const plugin = hostile(() => {
  const orphan = "(env -i setsid bash -c 'exec -a harmless sleep 4242' 3>&- &) &";
  spawnSync("bash", ["-c", orphan], { stdio: ["ignore", "inherit", "inherit", "ignore", 4] });
});
