import { chmod } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRoot } from "../engine-under-test/index.ts";
import { MID_REFRESH, ofVdb, UNTOUCHED } from "../kill/own-vdb.ts";
import { checkVdb } from "../kill/scenario.ts";
import { openWorld } from "../kill/with-world.ts";
import type { World } from "../kill/world.ts";

describe.skipIf(!isRoot)("on a pool that cannot snapshot what runs (needs root)", () => {
  let world: World;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ world, close } = await openWorld({ storage: "btrfs", isRestless: true, environmentUser: "opendvp" }));
  });
  afterAll(() => close());

  const refresh = (name: string) => world.client.vdbs.refreshBySnapshot({ ...ofVdb(name), body: { snapshot_id: world.secondSnapshot } });

  it("a copy that can neither run nor be started is rewound", async () => {
    await world.vdb("broken");
    await world.done(world.client.vdbs.snapshot({ ...ofVdb("broken"), body: { allow_stop: true } }));
    await world.idle("broken");
    await world.endProcess("broken");
    await chmod(world.path("broken"), 0);
    const snapshot = await world.latestSnapshot("broken");
    await world.done(world.client.vdbs.rollbackBySnapshot({ ...ofVdb("broken"), body: { snapshot_id: snapshot } }));
    await checkVdb(world, "broken", UNTOUCHED);
  });

  it("a copy that runs, but neither stops nor starts, is rewound all the same once nobody uses it", async () => {
    await world.vdb("odd");
    await world.done(world.client.vdbs.snapshot({ ...ofVdb("odd"), body: { allow_stop: true } }));
    await world.idle("odd");
    const point = { workflow: "rollback", direction: "RUN", moment: "AFTER", occurrence: 1 } as const;
    await world.engine.addRules([
      { targetName: "odd", point: { ...point, step: "stop for the copy" }, action: "fail" },
      { targetName: "odd", point: { ...point, step: "start after the copy" }, action: "fail" },
    ]);
    const snapshot = await world.latestSnapshot("odd");
    const job = await world.done(world.client.vdbs.rollbackBySnapshot({ ...ofVdb("odd"), body: { snapshot_id: snapshot } }));
    expect(job.warning_count).toBe(2);
    await checkVdb(world, "odd", UNTOUCHED);
  });

  it("a stopped copy stays stopped when its refresh turns back", async () => {
    await world.vdb("stopped");
    await world.done(world.client.vdbs.stop({ ...ofVdb("stopped"), body: {} }));
    await world.engine.addRules([{ targetName: "stopped", point: MID_REFRESH, action: "fail" }]);
    const job = await world.ended((await refresh("stopped")).job.id);
    expect(job).toMatchObject({ status: "FAILED", is_unfinished: false });
    await checkVdb(world, "stopped", { ...UNTOUCHED, isAlive: false });
    await world.done(refresh("stopped"));
    await checkVdb(world, "stopped", { version: "2", mine: undefined, isAlive: true });
    await Promise.all(["broken", "odd", "stopped"].map((name) => world.idle(name)));
    expect(await world.engine.audit()).toEqual([]);
  });
});
