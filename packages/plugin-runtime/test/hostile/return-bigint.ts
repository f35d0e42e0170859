import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => ({ size: 2n ** 64n }));
