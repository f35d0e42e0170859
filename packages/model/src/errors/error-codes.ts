/**
 * Every error that the platform can answer with. A code is part of the API: it is never renamed and never used
 * for something else. `httpStatus` is what REST answers, `exitCode` what `dvp` ends with.
 * docs/reference/errors.md explains each to its reader; a test holds that page to this table.
 */
export const ERROR_CODES = {
  // What the caller sent
  INPUT_INVALID: { httpStatus: 400, exitCode: 2 },
  NAME_INVALID: { httpStatus: 400, exitCode: 2 },
  NAME_TAKEN: { httpStatus: 409, exitCode: 4 },
  PATH_INVALID: { httpStatus: 400, exitCode: 2 },
  PARAMETERS_INVALID: { httpStatus: 400, exitCode: 2 },
  TOO_LARGE: { httpStatus: 413, exitCode: 2 },
  NOT_FOUND: { httpStatus: 404, exitCode: 3 },
  AMBIGUOUS: { httpStatus: 409, exitCode: 4 },
  // What the state of things does not allow
  CONFLICT: { httpStatus: 409, exitCode: 4 },
  STATE_UNSUITABLE: { httpStatus: 409, exitCode: 4 },
  IN_USE: { httpStatus: 409, exitCode: 4 },
  UNSUPPORTED: { httpStatus: 409, exitCode: 4 },
  CANCEL_TOO_LATE: { httpStatus: 409, exitCode: 4 },
  CONFIRMATION_NEEDED: { httpStatus: 409, exitCode: 4 },
  // Who may
  NOT_LOGGED_IN: { httpStatus: 401, exitCode: 5 },
  LOGIN_FAILED: { httpStatus: 401, exitCode: 5 },
  NOT_ALLOWED: { httpStatus: 403, exitCode: 5 },
  TOO_MANY_ATTEMPTS: { httpStatus: 429, exitCode: 5 },
  // How a job ends
  CANCELED: { httpStatus: 409, exitCode: 6 },
  INTERRUPTED: { httpStatus: 500, exitCode: 1 },
  TIME_LIMIT: { httpStatus: 504, exitCode: 1 },
  UNDO_FAILED: { httpStatus: 500, exitCode: 1 },
  // Plugins
  PLUGIN_INVALID: { httpStatus: 400, exitCode: 1 },
  PLUGIN_REFUSED: { httpStatus: 409, exitCode: 1 },
  PLUGIN_USER_ERROR: { httpStatus: 422, exitCode: 1 },
  PLUGIN_BUG: { httpStatus: 500, exitCode: 1 },
  PLUGIN_RESULT_INVALID: { httpStatus: 500, exitCode: 1 },
  PLUGIN_PROTOCOL: { httpStatus: 500, exitCode: 1 },
  PLUGIN_LIMIT: { httpStatus: 500, exitCode: 1 },
  PLUGIN_DIED: { httpStatus: 500, exitCode: 1 },
  PLUGIN_OPERATION_MISSING: { httpStatus: 409, exitCode: 1 },
  INTERPRETER_MISSING: { httpStatus: 409, exitCode: 1 },
  HOOK_FAILED: { httpStatus: 422, exitCode: 1 },
  // Hosts, mounts, storage
  HOST_UNREACHABLE: { httpStatus: 502, exitCode: 1 },
  HOST_USER_REFUSED: { httpStatus: 403, exitCode: 5 },
  HOST_COMMAND_FAILED: { httpStatus: 502, exitCode: 1 },
  SOURCE_UNREADABLE: { httpStatus: 422, exitCode: 1 },
  MOUNT_POINT_REFUSED: { httpStatus: 409, exitCode: 1 },
  MOUNT_FAILED: { httpStatus: 500, exitCode: 1 },
  MOUNT_BUSY: { httpStatus: 409, exitCode: 1 },
  STORAGE_FULL: { httpStatus: 507, exitCode: 1 },
  STORAGE_UNAVAILABLE: { httpStatus: 503, exitCode: 1 },
  STORAGE_UNSUITABLE: { httpStatus: 409, exitCode: 1 },
  STORAGE_FAILED: { httpStatus: 500, exitCode: 1 },
  // The engine itself
  ENGINE_UNREACHABLE: { httpStatus: 503, exitCode: 7 },
  ENGINE_ALREADY_RUNNING: { httpStatus: 409, exitCode: 4 },
  ENGINE_TOO_OLD: { httpStatus: 500, exitCode: 1 },
  CATALOG_FAILED: { httpStatus: 500, exitCode: 1 },
  CATALOG_UNREACHABLE: { httpStatus: 503, exitCode: 1 },
  SECRET_UNREADABLE: { httpStatus: 500, exitCode: 1 },
  INTERNAL: { httpStatus: 500, exitCode: 1 },
} as const satisfies Record<string, { httpStatus: number; exitCode: number }>;

export type ErrorCode = keyof typeof ERROR_CODES;

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERROR_CODES, text);
}
