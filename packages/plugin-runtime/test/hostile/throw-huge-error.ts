import { UserError } from "@opendvp/plugin-sdk";
import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => {
  throw new UserError("big", "", "x".repeat(200 * 1024));
});
