import { isJsonObject } from "@opendvp/model";
import { bug } from "../functions/host-call.ts";
import { isLuaTable } from "../vm/lua-value.ts";
import type { OperationScripts } from "./operation-scripts.ts";
import { markerPath, type Scene } from "./scene.ts";

/** Only what can be looked into, and whose filling was not cut off, is called empty or full. */
const LOOK = `[ -e "$MARKER" ] && exit 1
[ -d "$DATA_DIRECTORY" ] || exit 1
content=$(ls -A -- "$DATA_DIRECTORY") || exit 0
[ -n "$content" ]`;
/** Where the user may not write there, a filling that was cut off is not noticed. */
const BEGIN = ': 2>/dev/null > "$MARKER" || exit 0';
const END = 'rm -f -- "$MARKER"';

/** Whether there is a staging copy that was filled to its end. Where it is not mounted, nobody knows. */
export function isFilled(scripts: OperationScripts, scene: Scene): boolean {
  const { source } = scene.globals;
  const dataDirectory = isLuaTable(source) ? source["dataDirectory"] : undefined;
  if (typeof dataDirectory !== "string") return true;
  const exitCode = runOnHost(scripts, scene, { command: LOOK, variables: { DATA_DIRECTORY: dataDirectory } });
  if (exitCode === 0 || exitCode === 1) return exitCode === 0;
  throw bug(`Whether anything is in the staging copy cannot be found out: looking at it ended with exit code ${exitCode}.`);
}

/** Fills a staging copy. A filling that is cut off, by whatever, is known to later operations by the file that it leaves on the host. */
export function whileFilling(scripts: OperationScripts, scene: Scene, fill: () => void): void {
  runOnHost(scripts, scene, { command: BEGIN });
  fill();
  runOnHost(scripts, scene, { command: END });
}

interface HostCommand {
  readonly command: string;
  readonly variables?: Readonly<Record<string, string>>;
}

function runOnHost({ engine, toolkit }: OperationScripts, { connection, globals }: Scene, { command, variables }: HostCommand): number {
  const result = engine.call("library/runBash", {
    remoteConnection: connection,
    command,
    variables: { MARKER: markerPath(toolkit, { connection, globals }), ...variables },
    useLoginShell: false,
  });
  const exitCode = isJsonObject(result) ? result["exitCode"] : undefined;
  return typeof exitCode === "number" ? exitCode : -1;
}
