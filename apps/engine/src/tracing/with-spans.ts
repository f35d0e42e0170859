import type { SpanKind } from "@opendvp/core";
import type { JobTracer } from "./job-tracer.ts";

type AsyncMethod = (...args: unknown[]) => Promise<unknown>;

/** The methods of T that answer in time: those of which a span can be made. */
type AsyncMethods<T> = { [M in keyof T]: T[M] extends (...args: never[]) => Promise<unknown> ? M : never }[keyof T] & string;

/** Which calls become spans, and of what kind; a call is named `prefix` and its method. */
export interface Spanned<T> {
  readonly kind: SpanKind;
  readonly prefix?: string;
  readonly methods: readonly AsyncMethods<T>[];
}

/** The same object, with a span for each of some of its calls. */
export function withSpans<T extends object>(target: T, tracer: JobTracer, { kind, prefix = "", methods }: Spanned<T>): T {
  const spanned = new Map<PropertyKey, AsyncMethod>();
  for (const method of methods) {
    const original = target[method] as AsyncMethod;
    const name = `${prefix}${method}`;
    spanned.set(method, (...args) => tracer.span({ kind, name }, () => original.apply(target, args)));
  }
  return new Proxy(target, {
    get: (_, property) => {
      const method = spanned.get(property);
      if (method !== undefined) return method;
      const value: unknown = Reflect.get(target, property, target);
      // An object's private parts are its own, not its proxy's.
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}
