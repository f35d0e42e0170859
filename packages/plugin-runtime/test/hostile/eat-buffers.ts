import { hostile, MIB, pause } from "../support/hostile-plugin.ts";

export const plugin = hostile(async () => {
  const eaten: Buffer[] = [];
  for (;;) {
    eaten.push(Buffer.alloc(8 * MIB, eaten.length + 1));
    await pause(1);
  }
});
