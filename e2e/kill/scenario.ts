import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import type { Job } from "@opendvp/contract";
import type { Content, DatasetKind } from "./dataset-kind.ts";
import type { World } from "./world.ts";

/** One way to run a workflow: what must be there before, what is asked, and how things must stand afterwards. */
export interface Scenario {
  readonly name: string;
  readonly workflow: string;
  /** Makes what the workflow works on, under a name that no other run uses. */
  prepare(world: World, name: string): Promise<void>;
  ask(world: World, name: string): Promise<{ readonly job: Job }>;
  /** How things must stand when the job is done, or when it was undone. Throws where they do not. */
  check(world: World, name: string, isDone: boolean): Promise<void>;
  clean(world: World, name: string): Promise<void>;
  /** The only kind of datasets that can play it; default: all can. */
  readonly onlyWith?: DatasetKind["name"];
  /** To ask it has the engine bring back whatever is down: nobody else in its round may be waiting for that to be asked for. */
  readonly bringsAllBack?: true;
  /** It is in the way of what other scenarios do: its points are found apart, and held in rounds of its own. */
  readonly keepsToItself?: true;
  /** What the engine calls the object that the job is about; default: the name. */
  readonly targetOf?: (name: string) => string;
}

/** What a VDB must be. */
export interface VdbState extends Content {
  readonly isAlive: boolean;
}

export async function checkVdb(world: World, name: string, expected: VdbState): Promise<void> {
  assert.deepEqual({ ...(await world.read(name)), isAlive: await world.isAlive(name) }, expected, name);
}

/** Looks at a copy of a dataset's latest snapshot: what a snapshot holds shows nowhere else. */
export async function checkCopyOf(world: World, name: string, expected: Content): Promise<void> {
  const copy = `${name}-copy`;
  await world.done(world.client.vdbs.provisionBySnapshot({ body: { ...world.newVdb(copy), source_data_id: name } }));
  await checkVdb(world, copy, { ...expected, isAlive: true });
  await deleteVdb(world, copy);
}

/** Deletes a VDB that may not be there. */
export async function deleteVdb(world: World, name: string): Promise<void> {
  await world.idle(name);
  if (!(await world.exists(name))) return;
  await world.done(world.client.vdbs.delete({ params: { vdbId: name }, query: { wait: true }, body: {} }));
}

export async function deleteDsource(world: World, name: string): Promise<void> {
  const { items } = await world.client.dsources.search({ body: { filter_expression: `name EQ '${name}'` } });
  if (items.length > 0) await world.done(world.client.dsources.delete({ query: { wait: true }, body: { dsource_id: name } }));
}

const BUSY_TRIES = 100;

/** What somebody with root's rights may do behind the engine's back. A process that was just killed may still hold the mount. */
export async function unmount(path: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await promisify(execFile)("umount", ["--", path]);
      return;
    } catch (error) {
      if (tries === BUSY_TRIES) throw error;
    }
    await setTimeout(20);
  }
}
