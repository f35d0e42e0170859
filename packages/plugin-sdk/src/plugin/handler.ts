/** What every handler gets beside its arguments. */
export interface OperationContext {
  /** Aborted when the operation is cancelled or its time is up. About two seconds later the process is killed. */
  readonly signal: AbortSignal;
}

export type Answer<T> = T | Promise<T>;

/** The code of one operation: the arguments as one object, by name. It may be called again in the same process, never twice at a time. */
export type Handler<Input, Result> = (input: Input, context: OperationContext) => Answer<Result>;

/** R where it is T and has no property that T lacks: what a handler returns must not carry a misspelled name. */
export type Exactly<T, R> = R extends T ? R & Record<Exclude<keyof R, keyof T>, never> : T;
