import { loadLuaApi, type LuaAddress, type LuaApi } from "./lua-api.ts";
import { textAt } from "./lua-bytes.ts";

/** A function that Lua calls: takes the calling coroutine, gives the number of its results. */
export type LuaCallback = (state: LuaAddress) => number;

/** Lua, loaded once for a process: makes states that know nothing of each other, each with the same limit of memory. */
export class LuaMachine {
  readonly api: LuaApi;
  readonly memoryLimitBytes: number;
  /** Address of a handler of errors, which leaves them as they are and notes where they came from. */
  readonly onError: number;
  readonly #allocator: number;
  readonly #trampoline: number;
  #usedBytes = 0;
  #protectedWork: (state: LuaAddress) => void = () => undefined;
  #traceback = "";

  private constructor(api: LuaApi, memoryLimitBytes: number) {
    this.api = api;
    this.memoryLimitBytes = memoryLimitBytes;
    this.#allocator = api.addFunction((...request) => this.#allocate(request), "iiiii");
    this.#trampoline = this.addFunction((state) => {
      this.#protectedWork(state);
      return 0;
    });
    this.onError = this.addFunction((state) => this.#noteError(state));
  }

  static async load(memoryLimitBytes: number): Promise<LuaMachine> {
    return new LuaMachine(await loadLuaApi(), memoryLimitBytes);
  }

  /** One state at a time: its memory is what is counted. */
  openState(): LuaAddress {
    this.#usedBytes = 0;
    const state = this.api._lua_newstate(this.#allocator, 0);
    if (state === 0) throw new RangeError("There is no memory left for Lua.");
    return state;
  }

  /** Makes an address of a function, for the rest of this process. */
  addFunction(callback: LuaCallback): number {
    return this.api.addFunction(callback, "ii");
  }

  /** Works on a state where running out of memory is an error instead of the end. Gives Lua's status. */
  protect(state: LuaAddress, work: (state: LuaAddress) => void): number {
    this.#protectedWork = work;
    this.api._lua_pushcclosure(state, this.#trampoline, 0);
    return this.api._lua_pcallk(state, 0, 0, 0, 0, 0);
  }

  /** Where the last error came from. */
  takeTraceback(): string {
    const traceback = this.#traceback;
    this.#traceback = "";
    return traceback;
  }

  #noteError(state: LuaAddress): number {
    this.api._luaL_traceback(state, state, 0, 1);
    this.#traceback = textAt(this.api, state, -1);
    this.api._lua_settop(state, -2);
    return 1;
  }

  // Without a former address, the former size says what kind of object the memory is for.
  #allocate([, address = 0, formerBytes = 0, wantedBytes = 0]: readonly number[]): number {
    const heldBytes = address === 0 ? 0 : formerBytes;
    if (wantedBytes === 0) {
      if (address !== 0) this.api._free(address);
      this.#usedBytes -= heldBytes;
      return 0;
    }
    const usedBytes = this.#usedBytes - heldBytes + wantedBytes;
    if (wantedBytes > heldBytes && usedBytes > this.memoryLimitBytes) return 0;
    const given = this.api._realloc(address, wantedBytes);
    if (given !== 0) this.#usedBytes = usedBytes;
    return given;
  }
}
