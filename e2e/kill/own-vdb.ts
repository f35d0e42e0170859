import { rm, writeFile } from "node:fs/promises";
import { deleteVdb } from "./scenario.ts";
import type { World } from "./world.ts";

/** The request of a VDB that waits for its turn. */
export const ofVdb = (name: string) => ({ params: { vdbId: name }, query: { wait: true } });

/** How a VDB of a scenario's own stands before it is asked for anything. */
export const UNTOUCHED = { version: "1", mine: "before", isAlive: true };

/** What a VDB of the second snapshot holds. */
export const SECOND = { version: "2", mine: undefined };

export const GONE = { version: undefined, mine: undefined, isAlive: false };

/** A VDB of a scenario's own, at the first snapshot, with a file of its own. */
export const onVdb = { prepare: (world: World, name: string) => world.vdb(name), clean: deleteVdb };

/** A snapshot of a VDB whose preparation has failed, and could be made good now. */
export async function unpreparedSnapshot(world: World, name: string): Promise<void> {
  const flag = world.path(`${name}.flag`);
  await writeFile(flag, "");
  await world.done(world.client.vdbs.snapshot({ ...ofVdb(name), body: { name: `${name}-raw`, allow_stop: true } }));
  await world.idle(name);
  await rm(flag);
}

/** A VDB that was refreshed once, and so has a former timeflow. */
export async function refreshedVdb(world: World, name: string): Promise<void> {
  await world.vdb(name);
  await world.done(world.client.vdbs.refreshBySnapshot({ ...ofVdb(name), body: { snapshot_id: world.secondSnapshot } }));
  await world.idle(name);
}

/** Where a refresh has made its clone, and nothing of the VDB has changed yet. */
export const MID_REFRESH = {
  workflow: "refresh",
  step: "clone snapshot as new timeflow",
  direction: "RUN",
  moment: "AFTER",
  occurrence: 1,
} as const;
