export { PROTOCOL_VERSION } from "./protocol-version.ts";
export { LIMITS } from "./limits.ts";
export { FrameReader, FrameError } from "./framing/frame-reader.ts";
export { encodeFrame, FRAME_OVERHEAD_BYTES } from "./framing/encode-frame.ts";
export { Peer, PeerClosedError, type PeerOptions, type RequestOptions } from "./peer/peer.ts";
export { isJsonObject } from "./peer/is-json-object.ts";
export { isRpcMessage, type RpcError, type RpcMessage } from "./peer/rpc-message.ts";
export { WireError, type WireErrorShape } from "./peer/wire-error.ts";
export { WIRE_ERROR_CODES } from "./messages/wire-error-codes.ts";
export type { InitializeParams, InitializeResult } from "./messages/initialize.ts";
export {
  LIBRARY_METHODS,
  isLibraryMethod,
  type LibraryMethod,
  type RunCommandParams,
  type RunSyncParams,
  type RetrieveCredentialsParams,
  type UpgradePasswordParams,
} from "./messages/library-methods.ts";
export { LOG_LEVELS, isLogLevel, type LogLevel, type LogParams } from "./messages/log.ts";
export { MIGRATION_METHODS, isMigrationMethod, type MigrationMethod, type MigrationParams } from "./messages/migration.ts";
export { METHODS } from "./messages/methods.ts";
export { PLUGIN_OBJECT, isPluginObject, type PluginObject } from "./in-process/plugin-object.ts";
export { PLUGIN_HOST, type PluginHost } from "./in-process/plugin-host.ts";
export { WIRE_ERROR } from "./in-process/wire-error-of.ts";
