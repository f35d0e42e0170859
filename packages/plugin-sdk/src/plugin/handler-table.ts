import { OperationAlreadyDefinedError } from "../errors/operation-already-defined-error.ts";
import { checkFunction } from "../arguments/check-argument.ts";
import type { Handler } from "./handler.ts";

/** A handler whose argument types are known to the compiler alone. */
export type AnyHandler = Handler<never, unknown>;

/** The handlers of one plugin, by operation. */
export class HandlerTable {
  readonly #handlers = new Map<string, AnyHandler>();
  readonly #warnings: string[] = [];

  /** @throws OperationAlreadyDefinedError, IncorrectArgumentTypeError: when the module is imported, so that a build shows it */
  add(operation: string, handler: AnyHandler): void {
    checkFunction(operation, "handler", handler);
    if (this.#handlers.has(operation)) throw new OperationAlreadyDefinedError(operation);
    if (handler.length > 2) {
      this.#warnings.push(
        `The handler of ${operation} has ${handler.length} parameters; it is called with two: its arguments as one object, and a context.`,
      );
    }
    this.#handlers.set(operation, handler);
  }

  get(operation: string): AnyHandler | undefined {
    return this.#handlers.get(operation);
  }

  operations(): readonly string[] {
    return [...this.#handlers.keys()];
  }

  warnings(): readonly string[] {
    return this.#warnings;
  }
}
