import { EngineError } from "@opendvp/model";
import { describe, expect, it } from "vitest";
import { programFailed } from "../../src/pool/storage-error.ts";
import { whyNotUsable } from "../../src/zfs/check-zfs-program.ts";

describe("a machine whose ZFS cannot be used", () => {
  it.each([
    ["zpool could not be started", "spawn zpool ENOENT", "STORAGE_UNSUITABLE", /Install it/],
    [
      "zpool failed",
      "The ZFS modules are not loaded.\nTry running '/sbin/modprobe zfs' as root to load them.",
      "STORAGE_UNAVAILABLE",
      /modprobe/,
    ],
    [
      "zpool failed",
      "connect: No such file or directory\nPlease make sure that the zfs-fuse daemon is running.",
      "STORAGE_UNAVAILABLE",
      /zfs-fuse/,
    ],
  ])("is told from the program's words: %s: %s", (...[what, words, code, action]) => {
    const error = whyNotUsable(programFailed(what, words));
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ code, action: expect.stringMatching(action) as string });
  });

  it("is not made up from other failures", () => {
    const other = programFailed("zpool failed", "pool I/O is currently suspended");
    expect(whyNotUsable(other)).toBe(other);
  });
});
