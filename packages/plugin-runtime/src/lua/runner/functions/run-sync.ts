import type { Engine } from "../engine.ts";
import type { LuaTable } from "../vm/lua-value.ts";
import { textMember, textsMember } from "./arguments.ts";
import { callLibrary } from "./call-library.ts";
import { connectionOf } from "./connection.ts";
import type { HostFunction } from "./host-function.ts";

const NAME = "RunSync";
const KNOWN = ["environment", "user", "host", "sourceDirectory", "rsyncUser", "excludePaths", "followSymlinkPaths", "symlinksToFollow"];

/** Copies files of the source host into the dSource. Gives nothing. */
export function runSync(engine: Engine): HostFunction {
  return (call) => {
    const args = call.table(NAME);
    const unknown = Object.keys(args).filter((name) => !KNOWN.includes(name));
    if (unknown.length > 0) engine.log("WARNING", `${call.place}: ${NAME} does not know ${unknown.join(", ")}.`);
    const params = {
      remoteConnection: connectionOf(NAME, args),
      sourceDirectory: textMember(NAME, args, "sourceDirectory"),
      rsyncUser: rsyncUser(args),
      excludePaths: textsMember(NAME, args, "excludePaths"),
      symLinksToFollow: [...textsMember(NAME, args, "followSymlinkPaths"), ...textsMember(NAME, args, "symlinksToFollow")],
    };
    callLibrary(engine, NAME, { method: "library/runSync", params });
    return undefined;
  };
}

function rsyncUser(args: LuaTable): string | null {
  return args["rsyncUser"] === undefined ? null : textMember(NAME, args, "rsyncUser");
}
