import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => {
  const ring: { self?: unknown } = {};
  ring.self = ring;
  return ring;
});
