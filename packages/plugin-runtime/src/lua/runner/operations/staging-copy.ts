import { isJsonObject } from "@opendvp/model";
import { WIRE_ERROR_CODES, WireError } from "@opendvp/plugin-protocol";
import { isLuaTable } from "../vm/lua-value.ts";
import type { OperationScripts } from "./operation-scripts.ts";
import type { Scene } from "./scene.ts";

/** Only what can be looked into is called empty. */
const LOOK = '[ -d "$DATA_DIRECTORY" ] || exit 1; content=$(ls -A -- "$DATA_DIRECTORY") || exit 0; [ -n "$content" ]';

/** Whether there is anything in a staging copy. Where it is not mounted, nobody knows. */
export function holdsAnything({ engine }: OperationScripts, { connection, globals }: Scene): boolean {
  const { source } = globals;
  const dataDirectory = isLuaTable(source) ? source["dataDirectory"] : undefined;
  if (typeof dataDirectory !== "string") return true;
  const result = engine.call("library/runBash", {
    remoteConnection: connection,
    command: LOOK,
    variables: { DATA_DIRECTORY: dataDirectory },
    useLoginShell: false,
  });
  const exitCode = isJsonObject(result) ? result["exitCode"] : undefined;
  if (exitCode === 0 || exitCode === 1) return exitCode === 0;
  throw new WireError(WIRE_ERROR_CODES.userError, `Whether anything is in ${dataDirectory} cannot be found out.`, {
    action: "Look at the host's log.",
  });
}
