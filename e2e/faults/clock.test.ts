import { EngineError } from "@opendvp/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRoot } from "../engine-under-test/index.ts";
import { MID_REFRESH, ofVdb, UNTOUCHED } from "../kill/own-vdb.ts";
import { checkVdb } from "../kill/scenario.ts";
import { openWorld } from "../kill/with-world.ts";
import { PARENT, type World } from "../kill/world.ts";

const HOUR_MS = 60 * 60_000;
const JUMPS = [
  ["back", -HOUR_MS],
  ["ahead", HOUR_MS],
] as const;

describe.skipIf(!isRoot)("an engine whose clock jumps an hour (needs root)", () => {
  let world: World;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ world, close } = await openWorld({ storage: "btrfs", isRestless: false, environmentUser: "opendvp" }));
  });
  afterAll(() => close());

  /** Asks for a refresh and resolves with its job when that is held in the midst. */
  async function heldRefresh(name: string): Promise<string> {
    await world.engine.addRules([{ targetName: name, point: MID_REFRESH, action: "hold" }]);
    const held = new Promise<void>((resolve) => {
      const stop = world.engine.onHeld(({ targetName }) => {
        if (targetName !== name) return;
        stop();
        resolve();
      });
    });
    const body = { snapshot_id: world.secondSnapshot };
    const { job } = await world.client.vdbs.refreshBySnapshot({ ...ofVdb(name), body });
    await held;
    return job.id;
  }

  it.each(JUMPS)("%s ends the job under way and those that wait for it, as they were asked for", async (direction, aheadMs) => {
    const name = `waiting-${direction}`;
    await world.vdb(name);
    const refresh = await heldRefresh(name);
    const { job: snapshot } = await world.client.vdbs.snapshot({ ...ofVdb(name), body: { name: `of-${name}` } });
    await world.engine.setClock(aheadMs);
    const { job: stop } = await world.client.vdbs.stop({ ...ofVdb(name), body: {} });
    await world.engine.release();
    for (const job of [refresh, snapshot.id, stop.id])
      expect(await world.ended(job)).toMatchObject({ status: "COMPLETED", warning_count: 0 });
    await world.idle(name);
    await checkVdb(world, name, { version: "2", mine: undefined, isAlive: false });
    await world.engine.setClock(0);
  });

  it.each(JUMPS)("%s copies the newest data where the latest is asked for", async (direction, aheadMs) => {
    const name = `latest-${direction}`;
    await world.datasets.changeSource(direction);
    await world.engine.setClock(aheadMs);
    await world.done(world.client.dsources.sync({ params: { dsourceId: PARENT }, body: {} }));
    await world.engine.setClock(0);
    await world.done(world.client.vdbs.provisionBySnapshot({ body: { ...world.newVdb(name), source_data_id: PARENT } }));
    expect(await world.read(name)).toMatchObject({ version: direction });
    await world.datasets.changeSource(`${direction} again`);
    await world.done(world.client.dsources.sync({ params: { dsourceId: PARENT }, body: {} }));
    await world.done(world.client.vdbs.refreshBySnapshot({ ...ofVdb(name), body: {} }));
    expect(await world.read(name)).toMatchObject({ version: `${direction} again` });
  });

  it("keeps who has logged in, and turns away who has guessed, no shorter and no longer than before", async () => {
    const guess = async (): Promise<number> => {
      const body = { username: "admin", password: "guessed" };
      const refusal = EngineError.from(await world.client.session.login({ body }).catch((error: unknown) => error));
      return Number(refusal.details["retryAfterSeconds"] ?? 0);
    };
    await expect.poll(guess, { timeout: 60_000 }).toBeGreaterThan(2);
    for (const aheadMs of [HOUR_MS, -HOUR_MS]) {
      await world.engine.setClock(aheadMs);
      expect(await guess()).toBeGreaterThan(0);
      expect(await guess()).toBeLessThanOrEqual(16);
      expect((await world.client.vdbs.search({ body: {} })).items).not.toEqual([]);
    }
    await world.engine.setClock(0);
  });

  it.each(JUMPS)("%s and is killed is taken over at once by its next process", async (direction, aheadMs) => {
    const name = `killed-${direction}`;
    await world.vdb(name);
    await world.engine.setClock(aheadMs);
    const refresh = await heldRefresh(name);
    await world.engine.kill();
    await world.engine.start();
    expect(await world.ended(refresh)).toMatchObject({ status: "FAILED", error: { code: "INTERRUPTED" } });
    await checkVdb(world, name, UNTOUCHED);
    await world.idle(name);
    expect(await world.engine.audit()).toEqual([]);
  });
});
