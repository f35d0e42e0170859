import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRoot } from "../engine-under-test/index.ts";
import { ProbeWorld } from "./probe-world.ts";

const FAILS = [{ name: "fail", command: "exit 1" }];

describe.skipIf(!isRoot)("where VDBs are mounted (needs root)", () => {
  let world: ProbeWorld;

  beforeAll(async () => {
    world = await ProbeWorld.open();
  });
  afterAll(() => world.engine[Symbol.asyncDispose]());

  it("a refresh that fails leaves a VDB with a new place there, running and known", async () => {
    const { engine } = world;
    await world.provision("one");
    await writeFile(join(world.path("one"), "own"), "mine");
    await engine.client.hooks.set({ params: { datasetId: "one", point: "configure_clone" }, body: { hooks: FAILS } });
    await world.want("one", "one-new");
    await expect(world.ask("refreshBySnapshot", "one")).rejects.toMatchObject({ code: "HOOK_FAILED" });
    expect(await world.mounted()).toEqual(["one-new", "tree"]);
    expect(await world.isAlive("one-new")).toBe(true);
    expect(await readFile(join(world.path("one-new"), "own"), "utf8")).toBe("mine");
    expect(await world.faults()).toEqual([]);
    await world.ask("disable", "one");
    await world.ask("enable", "one");
    expect(await world.isAlive("one-new")).toBe(true);
  });

  it("a refresh to a place that cannot be used leaves the VDB where it was, running", async () => {
    await world.provision("two");
    await world.want("two", "tree/inside");
    await expect(world.ask("refreshBySnapshot", "two")).rejects.toMatchObject({ code: "MOUNT_POINT_REFUSED" });
    expect(await world.isAlive("two")).toBe(true);
    expect(await world.faults()).toEqual([]);
  });

  it("a VDB that starts somewhere else is no longer where it was", async () => {
    await world.provision("three");
    await world.ask("stop", "three");
    await world.want("three", "three-new");
    await world.ask("start", "three");
    expect(await world.mounted()).toEqual(expect.arrayContaining(["three-new"]));
    expect(await world.mounted()).not.toContain("three");
    expect(await world.isAlive("three-new")).toBe(true);
    await expect(stat(world.path("three"))).rejects.toThrow(/ENOENT/);
  });

  it("nothing is mounted inside, at or around another dataset, whose name is told", async () => {
    for (const [place, reason] of [
      ["three-new/inside", `it lies in ${world.path("three-new")}, where three is mounted`],
      ["three-new", `it is ${world.path("three-new")}, where three is mounted`],
      ["", `it holds ${world.path("tree")}, where tree is mounted`],
    ] as const) {
      await expect(world.provision("inside", { parameters: { mountPath: world.path(place) } })).rejects.toMatchObject({
        code: "MOUNT_POINT_REFUSED",
        message: expect.stringContaining(reason) as string,
      });
    }
    await world.ask("refreshBySnapshot", "three");
  });

  it("the parts of a VDB that its plugin shares are prepared also once it is disabled", async () => {
    const { client, run } = world.engine;
    const flag = join(world.engine.directory, "flag");
    await world.provision("parts", { parameters: { parts: ["data", "logs"], failFlag: flag } });
    expect(await world.mounted()).toEqual(expect.arrayContaining(["parts/data", "parts/logs"]));
    await writeFile(flag, "");
    await run(client.vdbs.snapshot({ params: { vdbId: "parts" }, query: { wait: true }, body: { name: "raw" } }));
    const preparation = async () => (await client.snapshots.show({ params: { snapshotId: "raw" } })).preparation;
    await expect.poll(preparation, { timeout: 10_000 }).toBe("FAILED");
    await world.shell(`rm ${flag}`);
    await world.ask("disable", "parts");
    await world.provision("child", { snapshot_id: "raw" });
    for (const part of ["data", "logs"]) expect(await readFile(join(world.path("child"), part, ".prepared"), "utf8")).toBe("prepared\n");
    await world.ask("enable", "parts");
    expect(await world.isAlive("parts/data")).toBe(true);
  });
});
