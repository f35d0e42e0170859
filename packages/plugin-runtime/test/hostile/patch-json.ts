import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => {
  JSON.stringify = () => "{ this is no JSON";
  return { innocent: true };
});
