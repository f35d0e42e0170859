import { writeFileSync } from "node:fs";
import { hostile, MIB } from "../support/hostile-plugin.ts";

/** They are memory. */
export const plugin = hostile(() => {
  for (let number = 0; ; number += 1) writeFileSync(`/tmp/${number}`, Buffer.alloc(8 * MIB, 1));
});
