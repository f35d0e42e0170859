import { EngineError } from "@opendvp/model";
import { describe, expect, it } from "vitest";
import { Restoration, type RestorationState } from "../../src/monitoring/restoration.ts";

describe("bringing datasets back", () => {
  it("is not done before anybody has counted them, and is at once where there are none", () => {
    const restoration = new Restoration();
    expect(restoration.state).toEqual({ isDone: false, total: 0, remaining: 0, failed: [] });
    restoration.expect([]);
    expect(restoration.state.isDone).toBe(true);
  });

  it("is done when each is there or has failed, and tells each change to whoever watches", () => {
    const restoration = new Restoration();
    restoration.expect(["APPDATA_CONTAINER-1", "APPDATA_CONTAINER-2"]);
    const told: RestorationState[] = [];
    const stop = restoration.watch((state) => void told.push(state));
    restoration.settle("APPDATA_CONTAINER-2");
    restoration.fail({ dataset: "APPDATA_CONTAINER-1", name: "vdb1" }, new EngineError("MOUNT_FAILED", "No."));
    stop();
    restoration.expect(["APPDATA_CONTAINER-1", "APPDATA_CONTAINER-2", "APPDATA_CONTAINER-3"]);
    expect(told.map(({ isDone, remaining }) => [isDone, remaining])).toEqual([
      [false, 2],
      [false, 1],
      [true, 0],
    ]);
    expect(told[2]?.failed).toMatchObject([{ name: "vdb1", error: { code: "MOUNT_FAILED", message: "No." } }]);
  });

  it("awaits each dataset until it is settled, and any before they are counted", () => {
    const restoration = new Restoration();
    const awaited = (): boolean[] =>
      (["APPDATA_CONTAINER-1", "APPDATA_CONTAINER-2", "APPDATA_CONTAINER-3"] as const).map((one) => restoration.awaits(one));
    expect(awaited()).toEqual([true, true, true]);
    restoration.expect(["APPDATA_CONTAINER-1", "APPDATA_CONTAINER-2"]);
    expect(awaited()).toEqual([true, true, false]);
    restoration.settle("APPDATA_CONTAINER-1");
    expect(awaited()).toEqual([false, true, false]);
    restoration.fail({ dataset: "APPDATA_CONTAINER-2", name: "vdb2" }, new EngineError("MOUNT_FAILED", "No."));
    expect(awaited()).toEqual([false, false, false]);
  });

  it("awaits nothing any more once it is given up", () => {
    const restoration = new Restoration();
    restoration.expect(["APPDATA_CONTAINER-1"]);
    restoration.giveUp();
    expect(restoration.awaits("APPDATA_CONTAINER-1")).toBe(false);
  });
});
