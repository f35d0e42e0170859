import { hostile } from "../support/hostile-plugin.ts";

/** Whoever looks at it is told off. */
export const plugin = hostile(() => {
  const refuse = (): never => {
    throw new Error("do not look");
  };
  const trap = new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse });
  return Promise.reject(trap);
});
