import type { LuaAddress, LuaApi } from "./lua-api.ts";
import { LUA_TYPES } from "./lua-api.ts";
import type { HandleTable } from "./handle.ts";
import { textAt } from "./lua-bytes.ts";
import type { LuaValue } from "./lua-value.ts";
import { NO_SCHEMA, type SchemaPlace } from "./schema-place.ts";

/** Where values come from. */
export interface ReadSource {
  readonly api: LuaApi;
  readonly state: LuaAddress;
  readonly handles: HandleTable;
}

/** A value of Lua's that nothing outside of it corresponds to. */
export class UnreadableValueError extends Error {
  override readonly name = "UnreadableValueError";
}

interface Position {
  readonly index: number;
  readonly schema: SchemaPlace;
  /** As a script would write it. */
  readonly path: string;
  readonly depth: number;
}

const DEEPEST = 200;
/** A key and a value on each level, and room for what looks at them. */
const SLOTS = 6;

/** The value at an index of the stack, which is left as it is. The schema tells an empty list from an empty object. */
export function readValue(
  source: ReadSource,
  index: number,
  { name, schema = NO_SCHEMA }: { name: string; schema?: SchemaPlace },
): LuaValue {
  return read(source, { index: source.api._lua_absindex(source.state, index), schema, path: name, depth: 0 });
}

function read(source: ReadSource, position: Position): LuaValue {
  const { api, state, handles } = source;
  const { index, path } = position;
  switch (api._lua_type(state, index)) {
    case LUA_TYPES.nil:
      return undefined;
    case LUA_TYPES.boolean:
      return api._lua_toboolean(state, index) !== 0;
    case LUA_TYPES.number:
      return readNumber(source, index, path);
    case LUA_TYPES.string:
      return textAt(api, state, index);
    case LUA_TYPES.table:
      return readTable(source, position);
    case LUA_TYPES.lightUserdata:
      return handles.get(api._lua_touserdata(state, index));
    default:
      throw new UnreadableValueError(`${path} is a function or a coroutine, which is no value`);
  }
}

function readNumber({ api, state }: ReadSource, index: number, path: string): number {
  const value = api._lua_tonumberx(state, index, 0);
  if (!Number.isFinite(value)) throw new UnreadableValueError(`${path} is ${value}, which is no number of JSON`);
  if (api._lua_isinteger(state, index) !== 0 && !Number.isSafeInteger(value))
    throw new UnreadableValueError(`${path} is an integer beyond 2^53, which JSON cannot carry exactly`);
  return value;
}

function readTable(source: ReadSource, position: Position): LuaValue {
  const { api, state } = source;
  if (position.depth >= DEEPEST || api._lua_checkstack(state, SLOTS) === 0)
    throw new UnreadableValueError(`${position.path.slice(0, 80)}… is more than ${DEEPEST} levels deep, or contains itself`);
  const elements = new Map<number, LuaValue>();
  const members = new Map<string, LuaValue>();
  api._lua_pushnil(state);
  while (api._lua_next(state, position.index) !== 0) {
    const key = keyAt(source, position.path);
    const value = read(source, inside(source, position, key));
    if (typeof key === "number") elements.set(key, value);
    else members.set(key, value);
    api._lua_settop(state, -2);
  }
  return assemble(position, elements, members);
}

function keyAt({ api, state }: ReadSource, path: string): string | number {
  const type = api._lua_type(state, -2);
  // Only of a string: asking a number for its text would turn it into one, under the hands of lua_next.
  if (type === LUA_TYPES.string) return textAt(api, state, -2);
  const key = type === LUA_TYPES.number ? api._lua_tonumberx(state, -2, 0) : Number.NaN;
  if (Number.isSafeInteger(key)) return key;
  throw new UnreadableValueError(`${path} has a key that is neither a text nor a whole number`);
}

function inside({ api, state }: ReadSource, { path, schema, depth }: Position, key: string | number): Position {
  const step = typeof key === "number" ? `[${key}]` : /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
  return { index: api._lua_gettop(state), schema: schema.inside(key), path: path + step, depth: depth + 1 };
}

function assemble({ path, schema }: Position, elements: ReadonlyMap<number, LuaValue>, members: ReadonlyMap<string, LuaValue>): LuaValue {
  const isList = elements.size > 0 ? members.size === 0 && schema.kind !== "object" : members.size === 0 && schema.kind === "list";
  if (isList) return listOf(path, elements);
  const table: [string, LuaValue][] = [...members];
  for (const [key, value] of elements) table.push([String(key), value]);
  return Object.fromEntries(table);
}

function listOf(path: string, elements: ReadonlyMap<number, LuaValue>): readonly LuaValue[] {
  return Array.from({ length: elements.size }, (_, index) => {
    if (!elements.has(index + 1)) throw new UnreadableValueError(`${path} is a list with gaps: ${path}[${index + 1}] is nil`);
    return elements.get(index + 1);
  });
}
