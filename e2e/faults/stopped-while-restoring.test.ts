import { listAll } from "@opendvp/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRoot } from "../engine-under-test/index.ts";
import { UNTOUCHED } from "../kill/own-vdb.ts";
import { checkVdb, unmount } from "../kill/scenario.ts";
import { openWorld } from "../kill/with-world.ts";
import type { World } from "../kill/world.ts";

/** Those that are unmounted are at work at once; of the others the plugin is asked first. */
const UNMOUNTED = ["one", "two", "three"];
const NAMES = [...UNMOUNTED, "four", "five", "six"];

describe.skipIf(!isRoot)("an engine that is stopped while it brings datasets back (needs root)", () => {
  let world: World;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ world, close } = await openWorld({ storage: "btrfs", isRestless: false, environmentUser: "opendvp" }));
    for (const name of NAMES) await world.vdb(name);
  });
  afterAll(() => close());

  it("raises no fault for those that are left, and its next start brings them back", async () => {
    const { engine } = world;
    await engine.kill();
    for (const name of NAMES) await world.endProcess(name);
    for (const name of UNMOUNTED) await unmount(world.path(name));
    await engine.start();
    await engine.stop();
    await engine.start();
    await engine.settled();
    for (const name of NAMES) await world.idle(name);
    for (const name of NAMES) await checkVdb(world, name, UNTOUCHED);
    const faults = await listAll((query) => world.client.faults.list({ query }));
    expect(faults.map(({ message }) => message)).toEqual([]);
    expect(await engine.audit()).toEqual([]);
  });
});
