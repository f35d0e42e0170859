import type { Trees } from "../../src/pool/trees.ts";

export type TreeChange = "create" | "copy" | "remove" | "unpack" | "place";

export interface CrashPoint {
  readonly change: TreeChange;
  readonly when: "before" | "after";
}

/** Real trees, whose caller is gone at one point: the call never returns, so nothing after it happens. */
export function crashingTrees(trees: Trees, point: CrashPoint, onCrash: () => void): Trees {
  return new Proxy(trees, {
    get(target, member): unknown {
      const value: unknown = Reflect.get(target, member, target);
      if (typeof value !== "function") return value;
      const call = (...args: unknown[]): unknown => Reflect.apply(value, target, args);
      if (member !== point.change) return call;
      return async (...args: unknown[]): Promise<unknown> => {
        if (point.when === "after") await call(...args);
        onCrash();
        return new Promise(() => undefined);
      };
    },
  });
}
