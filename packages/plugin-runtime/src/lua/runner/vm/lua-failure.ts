/** How a script failed: what was raised in it and not caught, or that it came to its limit of memory. */
export class LuaFailure extends Error {
  override readonly name = "LuaFailure";
  readonly isOutOfMemory: boolean;
  readonly traceback: string;

  constructor(message: string, { isOutOfMemory, traceback }: { readonly isOutOfMemory: boolean; readonly traceback: string }) {
    super(message);
    this.isOutOfMemory = isOutOfMemory;
    this.traceback = traceback;
  }
}
