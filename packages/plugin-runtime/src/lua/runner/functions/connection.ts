import type { JsonObject } from "@opendvp/model";
import { Handle } from "../vm/handle.ts";
import type { LuaTable, LuaValue } from "../vm/lua-value.ts";
import { bug } from "./host-call.ts";

const MEMBERS = { environment: "environment", user: "user", host: "host" } as const;

/** Where a function is to work: the environment and the user are needed, the host is the environment's unless another is given. */
export function connectionOf(functionName: string, args: LuaTable): JsonObject {
  const environment = handleOf(functionName, args, "environment");
  const user = handleOf(functionName, args, "user");
  const host = args["host"] === undefined ? undefined : handleOf(functionName, args, "host");
  return { environment: host === undefined ? environment : { ...environment, host }, user };
}

function handleOf(functionName: string, args: LuaTable, member: keyof typeof MEMBERS): JsonObject {
  const value: LuaValue = args[member];
  if (value instanceof Handle && value.handleOf === MEMBERS[member]) return value.value;
  const given = value === undefined ? "nil" : value instanceof Handle ? `a handle of ${value.handleOf}` : "no handle";
  throw bug(`${functionName}: ${member} must be one of the handles that the script is given, such as ${EXAMPLES[member]}; it is ${given}.`);
}

const EXAMPLES = { environment: "source.environment", user: "source.environmentUser", host: "source.host" } as const;
