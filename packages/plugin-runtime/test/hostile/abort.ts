import { hostile } from "../support/hostile-plugin.ts";

/** Where cores are written, this would leave one. */
export const plugin = hostile(() => process.abort());
