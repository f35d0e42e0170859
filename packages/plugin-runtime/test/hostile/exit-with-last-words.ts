import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => {
  console.error("my last words");
  process.exit(3);
});
