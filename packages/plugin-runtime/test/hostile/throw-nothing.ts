import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => Promise.reject(undefined));
