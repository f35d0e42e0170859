import { setTimeout as sleep } from "node:timers/promises";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { removeTestDirectory } from "../../leftovers/remove-test-directory.ts";
import { makeTestDirectory } from "../../leftovers/test-directory.ts";
import { isRoot, type HostHarness } from "../host-harness.ts";

export function testMarks(harness: HostHarness): void {
  const { user } = harness;

  describe("endMarked", () => {
    it("ends what carries the mark or one that begins so, with descendants that have erased theirs", async () => {
      const connection = await harness.connect();
      const mark = `test-marks-${String(process.pid)}:`;
      const daemon = (command: string, own: string) =>
        connection.run({ command: `(setsid ${command} >/dev/null 2>&1 &)`, user, mark: own });
      await daemon("bash -c 'env -i sleep 60 & wait'", `${mark}JOB-1:step:`);
      await daemon("sleep 60", `${mark}JOB-1:other:`);
      await daemon("sleep 60", `${mark}JOB-10:step:`);
      await sleep(200);
      expect(await connection.endMarked(`${mark}JOB-1:`)).toBe(3);
      expect(await connection.endMarked(`${mark}JOB-1:`)).toBe(0);
      expect(await connection.endMarked(mark)).toBe(1);
    });
  });

  describe("endUsersOf", () => {
    it.skipIf(!isRoot)("ends what uses a mount, and nothing else", async () => {
      const connection = await harness.connect();
      const directory = await makeTestDirectory();
      const mark = `test-users-${String(process.pid)}:`;
      const mountPath = join(directory, "a mount\\ point");
      const start = (command: string) =>
        connection.run({ command: `cd "$P"; (setsid ${command} >/dev/null 2>&1 &)`, user, mark, variables: { P: mountPath } });
      try {
        await mkdir(mountPath);
        await mkdir(join(directory, "dataset"));
        await connection.elevated.bindMount(join(directory, "dataset"), mountPath);
        await start("sleep 60");
        await start("bash -c 'exec 7<.; cd /; env -i sleep 60 & wait'");
        await start("bash -c 'cd /; exec sleep 60'");
        await sleep(200);
        expect(await connection.endUsersOf(mountPath)).toBe(3);
        await connection.elevated.unmount(mountPath);
        expect(await connection.endUsersOf(mountPath)).toBe(0);
      } finally {
        expect(await connection.endMarked(mark)).toBe(1);
        await removeTestDirectory(directory);
      }
    });

    it("ends nothing at a path that is no mount", async () => {
      const connection = await harness.connect();
      expect(await connection.endUsersOf("/usr")).toBe(0);
    });
  });
}
