import type { Json } from "@opendvp/model";
import { isJsonObject } from "./is-json-object.ts";

export interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: Json;
}

/** A JSON-RPC 2.0 message: a request (method and id), a notification (method), or an answer (id with result or error). */
export interface RpcMessage {
  readonly jsonrpc: "2.0";
  readonly id?: number;
  readonly method?: string;
  readonly params?: Json;
  readonly result?: Json;
  readonly error?: RpcError;
}

/** Ids are integers here: each side counts its own requests. */
export function isRpcMessage(value: Json): value is Json & RpcMessage {
  if (!isJsonObject(value) || value["jsonrpc"] !== "2.0") return false;
  const { id, method, error } = value;
  if (id !== undefined && !Number.isSafeInteger(id)) return false;
  if (typeof method === "string") return true;
  if (method !== undefined || id === undefined) return false;
  return error === undefined ? "result" in value : isRpcError(error);
}

function isRpcError(value: Json): boolean {
  return isJsonObject(value) && Number.isSafeInteger(value["code"]) && typeof value["message"] === "string";
}
