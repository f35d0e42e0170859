import { hostile } from "../support/hostile-plugin.ts";

/** It answers at once, and goes on. */
export const plugin = hostile(() => {
  const work = (): void => {
    for (const until = Date.now() + 50; Date.now() < until;);
    setImmediate(work);
  };
  setImmediate(work);
});
