import type { LuaAddress, LuaApi } from "./lua-api.ts";

const LENGTH_BYTES = 4;

/** Puts a text on the stack. */
export function pushText(api: LuaApi, state: LuaAddress, text: string): void {
  withBytes(api, text, (address, sizeBytes) => api._lua_pushlstring(state, address, sizeBytes));
}

/** The text of a string at an index; bytes that are no UTF-8 become U+FFFD. */
export function textAt(api: LuaApi, state: LuaAddress, index: number): string {
  const length = api._malloc(LENGTH_BYTES);
  try {
    const address = api._lua_tolstring(state, index, length);
    const sizeBytes = api.HEAPU32[length / LENGTH_BYTES] ?? 0;
    return Buffer.from(api.HEAPU8.buffer, address, sizeBytes).toString("utf8");
  } finally {
    api._free(length);
  }
}

/** Lends Lua the bytes of a text, with a NUL behind them. */
export function withBytes<T>(api: LuaApi, text: string, use: (address: number, sizeBytes: number) => T): T {
  const sizeBytes = Buffer.byteLength(text);
  const address = api._malloc(sizeBytes + 1);
  if (address === 0) throw new RangeError("There is no memory left for a text.");
  try {
    Buffer.from(api.HEAPU8.buffer, address, sizeBytes).write(text, "utf8");
    api.HEAPU8[address + sizeBytes] = 0;
    return use(address, sizeBytes);
  } finally {
    api._free(address);
  }
}
