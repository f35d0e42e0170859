const KIB = 1024;
const MIB = 1024 * KIB;

/** How large a message may become: in bytes of its JSON, and in what that JSON holds. */
export const LIMITS = {
  /** The arguments of an operation, and its result. */
  operationBytes: 4 * MIB,
  /** An error of an operation: message, action, output and stack together. */
  errorBytes: 128 * KIB,
  /** The request of a library call, and its answer. */
  libraryCallBytes: 192 * MIB,
  /** Levels of lists and objects in a message of the plugin. */
  messageDepth: 256,
  /** Texts, numbers, lists, objects … in a message of the plugin. */
  messageValues: 1024 * 1024,
} as const;
