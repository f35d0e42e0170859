import type { Json, JsonObject } from "@opendvp/model";
import type { ScriptGroup } from "../toolkit.ts";
import { Handle } from "../vm/handle.ts";
import { isLuaTable, type LuaValue } from "../vm/lua-value.ts";
import type { OperationScripts } from "./operation-scripts.ts";
import { remoteScene, usualMountPath, type Scene } from "./scene.ts";

/** What mountSpec and ownershipSpec say. Without a mountSpec, the dataset is mounted in the toolkit's own directory on its host. */
export function mountSpecification(scripts: OperationScripts, group: ScriptGroup, scene: Scene): JsonObject {
  const { repository, source, parameters } = scene.globals;
  const asked = remoteScene(scene.connection, { repository, source, parameters });
  const wanted = scripts.value(group, "mountSpec", { scene: asked });
  const isUndecided = wanted === undefined || wanted === "";
  const wrong = (): Error => scripts.wrong(group, "mountSpec", { wanted: wantedOf(group), returned: wanted });
  const mounts = mountsOf(isUndecided ? usualMountPath(scripts.toolkit, scene) : wanted).map((mount) => readMount(mount, { scene, wrong }));
  if (mounts.length === 0) throw wrong();
  return { mounts, ownershipSpecification: ownership(scripts, group, asked) };
}

function wantedOf(group: ScriptGroup): string {
  return group === "linked"
    ? "the path that the staging copy is mounted at"
    : "a list of tables with environment, mountPath and sharedPath";
}

/** A path, or one mount, stands for a list of it. */
function mountsOf(wanted: LuaValue): readonly LuaValue[] {
  if (Array.isArray(wanted)) return wanted as readonly LuaValue[];
  return isLuaTable(wanted) && Object.keys(wanted).length === 0 ? [] : [wanted];
}

function readMount(mount: LuaValue, { scene, wrong }: { readonly scene: Scene; readonly wrong: () => Error }): JsonObject {
  const { environment, mountPath, sharedPath = null } = isLuaTable(mount) ? mount : { mountPath: mount };
  if (typeof mountPath !== "string" || (sharedPath !== null && typeof sharedPath !== "string")) throw wrong();
  return { remoteEnvironment: environmentOf(environment, { scene, wrong }), mountPath, sharedPath };
}

function environmentOf(environment: LuaValue, { scene, wrong }: { readonly scene: Scene; readonly wrong: () => Error }): Json {
  if (environment === undefined) return scene.connection["environment"] ?? null;
  if (environment instanceof Handle && environment.handleOf === "environment") return environment.value;
  throw wrong();
}

function ownership(scripts: OperationScripts, group: ScriptGroup, scene: Scene): JsonObject | null {
  const wanted = scripts.value(group, "ownershipSpec", { scene });
  if (wanted === undefined) return null;
  const { uid, gid } = isLuaTable(wanted) ? wanted : {};
  if (typeof uid !== "number" || typeof gid !== "number")
    throw scripts.wrong(group, "ownershipSpec", { wanted: "a table with the numbers uid and gid", returned: wanted });
  return { uid, gid };
}
