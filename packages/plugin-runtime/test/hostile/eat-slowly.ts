import { hostile, MIB, pause } from "../support/hostile-plugin.ts";

export const plugin = hostile(async () => {
  const eaten: Buffer[] = [];
  for (;;) {
    eaten.push(Buffer.alloc(MIB / 2, eaten.length + 1));
    await pause(4);
  }
});
