import { hostile } from "../support/hostile-plugin.ts";

/** Asked to shut down, it does not. */
export const plugin = hostile(() => {
  process.exit = () => undefined as never;
  process.kill = () => true;
  process.stdout.write = () => true;
});
