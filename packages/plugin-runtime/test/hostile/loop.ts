import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => {
  for (;;);
});
