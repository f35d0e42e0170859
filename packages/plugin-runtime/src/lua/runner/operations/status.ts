import type { Json } from "@opendvp/model";
import type { ScriptGroup } from "../toolkit.ts";
import type { OperationScripts } from "./operation-scripts.ts";
import type { Scene } from "./scene.ts";

const STATUSES: readonly unknown[] = ["ACTIVE", "INACTIVE", "UNKNOWN"];

/** What a status script says. One that says nothing does not know. */
export function statusOf(scripts: OperationScripts, group: ScriptGroup, scene: Scene): Json {
  const status = scripts.value(group, "status", { scene }) ?? "UNKNOWN";
  if (STATUSES.includes(status)) return status as string;
  throw scripts.wrong(group, "status", { wanted: `"ACTIVE", "INACTIVE" or "UNKNOWN"`, returned: status });
}
