import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(async () => {
  for (;;) await Promise.all(Array.from({ length: 100 }, () => Promise.resolve()));
});
