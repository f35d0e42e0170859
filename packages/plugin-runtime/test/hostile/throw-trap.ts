import { hostile, throwAnything } from "../support/hostile-plugin.ts";

/** Whoever looks at it is told off. */
export const plugin = hostile(() => {
  const refuse = (): never => {
    throw new Error("do not look");
  };
  return throwAnything(new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse }));
});
