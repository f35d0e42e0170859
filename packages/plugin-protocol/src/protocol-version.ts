/** Raised when a message changes its meaning. A process that speaks another version answers `initialize` with an error. */
export const PROTOCOL_VERSION = 1;
