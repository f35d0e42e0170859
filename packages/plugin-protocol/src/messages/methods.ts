/** The methods beside operations and libraries. */
export const METHODS = {
  initialize: "initialize",
  shutdown: "shutdown",
  cancel: "$/cancelRequest",
  log: "log",
} as const;
