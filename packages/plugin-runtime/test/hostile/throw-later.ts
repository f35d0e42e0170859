import { forever, hostile } from "../support/hostile-plugin.ts";

/** In nobody's hands. */
export const plugin = hostile(async () => {
  setTimeout(() => {
    throw new Error("from a timer");
  }, 10);
  await forever();
});
