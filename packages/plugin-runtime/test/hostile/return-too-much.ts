import { hostile, MIB } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => ({ data: "x".repeat(5 * MIB) }));
