import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => ({
  toJSON() {
    throw new Error("I am no JSON");
  },
}));
