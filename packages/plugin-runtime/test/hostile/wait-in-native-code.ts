import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
