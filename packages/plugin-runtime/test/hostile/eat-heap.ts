import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => {
  const eaten: object[] = [];
  for (;;) eaten.push({ number: eaten.length });
});
