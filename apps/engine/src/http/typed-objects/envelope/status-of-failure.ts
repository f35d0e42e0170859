import { ERROR_CODES, type ErrorCode } from "@opendvp/model";

const FORBIDDEN = 403;
const UNAUTHORIZED = 401;

/**
 * The HTTP status of a failed call. Operations fail with 200, since there are clients that read no answer of a POST with another one;
 * what only looks fails with a status of its own, since there are clients that read an answer with 200 as what they asked for.
 */
export function statusOfFailure(method: string, code: ErrorCode): number {
  switch (code) {
    case "NOT_LOGGED_IN":
      return FORBIDDEN;
    case "LOGIN_FAILED":
    case "TOO_MANY_ATTEMPTS":
      return UNAUTHORIZED;
    default:
      return method === "POST" ? 200 : ERROR_CODES[code].httpStatus;
  }
}
