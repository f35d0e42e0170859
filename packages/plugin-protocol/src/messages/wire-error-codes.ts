/** The error codes of answers. Negative ones are JSON-RPC's; positive ones are ours. */
export const WIRE_ERROR_CODES = {
  /** A library was called while no operation runs. */
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internal: -32603,
  /** The plugin failed with words of its own: data is {action, output}. */
  userError: 1,
  /** Anything else that a plugin threw: data is {stack}. */
  pluginBug: 2,
  /** Something is larger than allowed: data is {limit, limitBytes, actualBytes}. */
  limit: 3,
  /** The plugin cannot be loaded: data is {stack}. Only `initialize` answers so. */
  pluginInvalid: 4,
  /** A platform library failed: data is {code, action, failure}. Passed on unchanged, it fails the operation with the engine's own error. */
  libraryError: 5,
} as const;
