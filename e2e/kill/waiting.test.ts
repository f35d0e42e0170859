import { userInfo } from "node:os";
import { describe, expect, it } from "vitest";
import { MID_REFRESH, ofVdb, UNTOUCHED } from "./own-vdb.ts";
import { checkVdb } from "./scenario.ts";
import { withWorld } from "./with-world.ts";

const LIMIT_MS = 5 * 60_000;
const NAME = "queued";

describe.skipIf(userInfo().uid !== 0)("jobs that wait when the engine is killed", () => {
  it(
    "take their turns after the restart, in the order in which they were asked for, and do what was asked",
    async () => {
      await withWorld({ storage: "btrfs", isRestless: false, environmentUser: "opendvp" }, async (world) => {
        const { engine } = world;
        await world.vdb(NAME);
        await engine.addRules([{ targetName: NAME, point: MID_REFRESH, action: "hold" }]);
        const held = new Promise<void>((resolve) => void engine.onHeld(() => resolve()));
        const { job: refresh } = await world.client.vdbs.refreshBySnapshot({ ...ofVdb(NAME), body: { snapshot_id: world.secondSnapshot } });
        await held;
        const { job: snapshot } = await world.client.vdbs.snapshot({ ...ofVdb(NAME), body: { name: "asked before", allow_stop: true } });
        const { job: stop } = await world.client.vdbs.stop({ ...ofVdb(NAME), body: {} });
        expect([snapshot.status, stop.status]).toEqual(["PENDING", "PENDING"]);
        await engine.kill();
        await engine.start();
        expect(await world.ended(refresh.id)).toMatchObject({ status: "FAILED", error: { code: "INTERRUPTED" } });
        expect(await world.ended(snapshot.id)).toMatchObject({ status: "COMPLETED" });
        expect(await world.ended(stop.id)).toMatchObject({ status: "COMPLETED" });
        await world.idle(NAME);
        const { items } = await world.client.vdbs.listSnapshots({ params: { vdbId: NAME } });
        expect(items.map(({ name }) => name)).toContain("asked before");
        await checkVdb(world, NAME, { ...UNTOUCHED, isAlive: false });
        expect(await engine.audit()).toEqual([]);
      });
    },
    LIMIT_MS,
  );
});
