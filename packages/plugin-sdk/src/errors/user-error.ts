import { WIRE_ERROR, WIRE_ERROR_CODES, type WireErrorShape } from "@opendvp/plugin-protocol";
import { checkText } from "../arguments/check-argument.ts";

/**
 * Fails the operation with words for the user, instead of a stack trace for the author.
 *
 * @example
 * throw new UserError("The instance is not reachable.", "Start it and try again.", stderr);
 */
export class UserError extends Error {
  override readonly name = "UserError";
  /** What the user can do about it. */
  readonly action: string;
  /** What the failed command printed. */
  readonly output: string;

  constructor(message: string, action = "", output = "") {
    checkText("UserError", "message", message);
    checkText("UserError", "action", action);
    checkText("UserError", "output", output);
    super(message);
    this.action = action;
    this.output = output;
  }

  [WIRE_ERROR](): WireErrorShape {
    return { code: WIRE_ERROR_CODES.userError, message: this.message, data: { action: this.action, output: this.output } };
  }
}
