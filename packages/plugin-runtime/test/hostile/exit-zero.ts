import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => process.exit(0));
