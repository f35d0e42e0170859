import type { Timeflow } from "../entities/timeflow.ts";
import type { DatasetParts } from "./dataset-parts.ts";
import type { Scene } from "./scenes.ts";
import type { Sighting } from "./wanted-state.ts";

/** How much of a timeflow's mounts is there, those included that somebody made by hand. */
export async function mountsThere({ mounts }: DatasetParts, scene: Scene, timeflow: Timeflow): Promise<Sighting["mounts"]> {
  if (await mounts.areComplete(scene, timeflow)) return "ALL";
  const known = await mounts.of(timeflow.reference);
  const isSomewhere = (await mounts.present(scene, known)).length > 0 || (await mounts.strays(scene, timeflow)).length > 0;
  return isSomewhere ? "SOME" : "NONE";
}
