import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRoot } from "../engine-under-test/index.ts";
import { ProbeWorld } from "./probe-world.ts";

const SOON = { timeout: 10_000 };

describe.skipIf(!isRoot)("what datasets are wanted to be (needs root)", () => {
  let world: ProbeWorld;

  beforeAll(async () => {
    world = await ProbeWorld.open();
    await world.provision("v");
  });
  afterAll(() => world.engine[Symbol.asyncDispose]());

  const faults = () => world.faults();
  const start = () => {
    const { environmentUser } = world.engine;
    const asItsUser = `setpriv --reuid ${environmentUser} --regid ${environmentUser} --clear-groups setsid sleep 1000000`;
    return world.shell(`cd ${world.path("v")}; ${asItsUser} < /dev/null > /dev/null 2>&1 & echo $! > ${world.path("v")}/.pid`);
  };
  const end = async () => world.shell(`kill -KILL ${await readFile(join(world.path("v"), ".pid"), "utf8")}`);

  it("a stopped VDB that runs is a fault, until it is stopped again", async () => {
    await world.ask("stop", "v");
    await start();
    await expect.poll(faults, SOON).toEqual(["v is ACTIVE, but is wanted to be STOPPED."]);
    await world.ask("stop", "v");
    await expect.poll(faults, SOON).toEqual([]);
    await start();
    await expect.poll(faults, SOON).toHaveLength(1);
    await end();
    await expect.poll(faults, SOON).toEqual([]);
  });

  it("a stopped VDB that is not mounted is a fault, until it is started", async () => {
    await world.shell(`umount ${world.path("v")}`);
    await expect.poll(faults, SOON).toEqual(["v is not mounted, but is wanted to be STOPPED."]);
    await world.ask("start", "v");
    expect(await faults()).toEqual([]);
    expect(await world.isAlive("v")).toBe(true);
  });

  it("a disabled VDB can be disabled again, which does nothing", async () => {
    await world.ask("disable", "v");
    await world.ask("disable", "v");
    expect(await world.mounted()).toEqual(["tree"]);
    expect(await faults()).toEqual([]);
  });

  it("a disabled VDB that somebody has mounted is a fault, until it is disabled again", async () => {
    const { items } = await world.engine.client.pools.list({});
    const pool = items[0]?.location ?? "";
    const { current_timeflow_id: timeflow } = await world.engine.client.vdbs.show({ params: { vdbId: "v" } });
    const found = `$(find ${pool} -maxdepth 3 -name '${timeflow}.*' | head -n 1)`;
    await world.shell(`mkdir -p ${world.path("stray")} && mount --bind ${found} ${world.path("stray")}`);
    expect(await world.mounted()).toEqual(["stray", "tree"]);
    await expect.poll(faults, SOON).toEqual(["v is mounted, but is wanted to be DISABLED."]);
    await world.ask("disable", "v");
    expect(await world.mounted()).toEqual(["tree"]);
    await expect.poll(faults, SOON).toEqual([]);
    await world.ask("enable", "v");
    expect(await world.isAlive("v")).toBe(true);
  });

  it("a disabled dSource can be disabled again, which does nothing", async () => {
    const { client, run } = world.engine;
    for (let times = 1; times <= 2; times++) await run(client.dsources.disable({ params: { dsourceId: "tree" }, body: {} }));
    expect(await world.mounted()).toEqual(["v"]);
    expect(await faults()).toEqual([]);
  });
});
