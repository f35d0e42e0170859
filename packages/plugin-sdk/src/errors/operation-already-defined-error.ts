/** A second handler was registered for an operation. */
export class OperationAlreadyDefinedError extends Error {
  override readonly name = "OperationAlreadyDefinedError";

  constructor(operation: string) {
    super(`The operation ${operation} already has a handler; register one handler only.`);
  }
}
