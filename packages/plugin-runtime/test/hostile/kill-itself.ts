import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => process.kill(process.pid, "SIGKILL"));
