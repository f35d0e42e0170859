import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => {
  let value: unknown = "deep";
  for (let depth = 0; depth < 1000; depth += 1) value = { value };
  return value;
});
