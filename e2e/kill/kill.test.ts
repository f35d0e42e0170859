import { userInfo } from "node:os";
import { describe, expect, it } from "vitest";
import { runKillTest } from "./run-kill-test.ts";

const isRoot = userInfo().uid === 0;

describe.skipIf(!isRoot)("an engine that is killed before or after any step or undo step, on btrfs", () => {
  it(
    "finishes or undoes every job, and loses nothing",
    async () => {
      const result = await runKillTest({ storage: "btrfs", isRestless: false, environmentUser: "opendvp", report: (line) => console.log(line) });
      console.log(`kill test on btrfs: ${result.pointsTried} points`, result.neverPassed);
      expect(result.findings).toEqual([]);
    },
    20 * 60_000,
  );
});
