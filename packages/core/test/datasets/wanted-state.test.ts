import { describe, expect, it } from "vitest";
import { isAsWanted, notAsWanted, type Sighting } from "../../src/datasets/wanted-state.ts";

const UP: Sighting = { status: "ACTIVE", mounts: "ALL" };
const RESTING: Sighting = { status: "INACTIVE", mounts: "ALL" };
const HALF: Sighting = { status: "INACTIVE", mounts: "SOME" };
const GONE: Sighting = { status: "INACTIVE", mounts: "NONE" };
const UNKNOWN: Sighting = { status: "UNKNOWN", mounts: "ALL" };

describe("a dataset that is wanted", () => {
  it("running is to be active", () => {
    expect([UP, RESTING, HALF, GONE, UNKNOWN].filter((seen) => isAsWanted("RUNNING", seen))).toEqual([UP]);
    expect(notAsWanted({ name: "v", wantedState: "RUNNING" }, GONE)).toEqual({
      code: "NOT_AS_WANTED",
      message: "v is INACTIVE, but is wanted to be RUNNING.",
      action: "Enable v, or stop or disable it.",
    });
  });

  it("stopped is to be mounted, and not active", () => {
    expect([UP, RESTING, HALF, GONE].filter((seen) => isAsWanted("STOPPED", seen))).toEqual([RESTING]);
    expect(notAsWanted({ name: "v", wantedState: "STOPPED" }, UP)).toMatchObject({
      message: "v is ACTIVE, but is wanted to be STOPPED.",
      action: "Stop v again, or start it.",
    });
    expect(notAsWanted({ name: "v", wantedState: "STOPPED" }, HALF)).toMatchObject({
      message: "v is not mounted, but is wanted to be STOPPED.",
      action: "Start v, or disable it.",
    });
  });

  it("disabled is to be nowhere", () => {
    expect([UP, RESTING, HALF, GONE].filter((seen) => isAsWanted("DISABLED", seen))).toEqual([GONE]);
    expect(notAsWanted({ name: "v", wantedState: "DISABLED" }, HALF)).toMatchObject({
      message: "v is mounted, but is wanted to be DISABLED.",
      action: "Disable v again.",
    });
  });
});
