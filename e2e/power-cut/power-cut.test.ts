import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { listAll } from "@opendvp/client";
import { cleanUpLeftovers } from "@opendvp/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { ENVIRONMENT_USER, ensureEnvironmentUser, isRoot } from "../engine-under-test/index.ts";
import { checkVdb, deleteVdb } from "../kill/scenario.ts";
import { openWorld } from "../kill/with-world.ts";
import type { World } from "../kill/world.ts";
import { beBusy } from "./busy-user.ts";
import { makeCuttablePlace, type CuttablePlace } from "./cuttable-place.ts";
import { Ledger } from "./told.ts";

const CUTS = ["cut1", "cut2", "cut3", "cut4"];
const USERS = ["ann", "bob", "cyd"];
const LONGEST_PAUSE_MS = 2_500;
/** An engine whose data directory, catalog and pool image alike, lies in a place whose power can be cut. */
async function worldInPlace(): Promise<{ readonly world: World; readonly place: CuttablePlace }> {
  await cleanUpLeftovers();
  await ensureEnvironmentUser();
  const places: CuttablePlace[] = [];
  const makeDataDirectory = async (directory: string): Promise<string> => {
    const made = await makeCuttablePlace(directory);
    places.push(made);
    return join(made.path, "engine");
  };
  const request = { storage: "btrfs", isRestless: false, environmentUser: ENVIRONMENT_USER, makeDataDirectory } as const;
  const { world, close } = await openWorld(request);
  onTestFinished(close);
  const [place] = places;
  if (place === undefined) throw new Error("The engine has no place.");
  return { world, place };
}

describe.skipIf(!isRoot)("a power cut under load (needs root)", () => {
  test("leaves catalog and pool agreeing, with all that users were told, whenever it comes", { timeout: 300_000 }, async () => {
    const { world, place } = await worldInPlace();
    const ledger = new Ledger();
    const enough = new AbortController();
    const users = Promise.all(USERS.map((who) => beBusy(world, { who, ledger, signal: enough.signal })));
    const cuts = [];
    for (const name of CUTS) {
      await Promise.race([sleep(500 + Math.random() * LONGEST_PAUSE_MS), users]);
      cuts.push({ name, holds: await ledger.whatHoldsDuring(() => place.cut(name)) });
    }
    enough.abort();
    await users;

    for (const { name, holds } of cuts) {
      await world.engine.kill();
      await place.bootFrom(name);
      await world.engine.start();
      await world.engine.settled();
      await endOfJobs(world);
      expect(await world.engine.audit(), name).toEqual([]);
      for (const [vdb, told] of holds) {
        expect(await world.exists(vdb), `${name}: ${vdb}`).toBe(told.is === "THERE");
        if (told.is === "THERE") await checkVdb(world, vdb, { version: "2", mine: told.mine, isAlive: true });
      }
      await world.vdb("afterwards");
      await deleteVdb(world, "afterwards");
    }
    expect(Math.max(...cuts.map(({ holds }) => holds.size))).toBeGreaterThan(USERS.length);
  });
});

/** Nothing is left half done: jobs that the cut hit have been finished or undone. */
async function endOfJobs(world: World): Promise<void> {
  for (const { id } of await listAll((query) => world.client.jobs.list({ query }))) {
    const job = await world.ended(id);
    expect(job.is_unfinished, `${job.localized_type}: ${job.error_details ?? ""}`).toBe(false);
  }
}
