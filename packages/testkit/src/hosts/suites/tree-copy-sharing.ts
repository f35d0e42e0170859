import { join } from "node:path";
import type { HostConnection } from "@opendvp/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeLoopFileSystem, type LoopFileSystem } from "../../storage/loop-file-system.ts";
import { isRoot, type HostHarness } from "../host-harness.ts";
import { bashIn, makeTreePlaces, type TreePlaces } from "../tree-places.ts";

const MIB = 1024 * 1024;

/** What an incremental copy costs a pool that has a snapshot. */
export function testTreeCopySharing(harness: HostHarness): void {
  const { user } = harness;

  describe.skipIf(!isRoot)("copyTree into a btrfs subvolume with a snapshot", () => {
    let places: TreePlaces;
    let connection: HostConnection;
    let pool: LoopFileSystem;
    let target: string;
    beforeEach(async () => {
      places = await makeTreePlaces();
      connection = await harness.connect();
      pool = await makeLoopFileSystem({ directory: places.directory, name: "pool", fileSystem: "btrfs", sizeBytes: 512 * MIB });
      target = join(pool.mountPath, "live");
      await bashIn(pool.mountPath, "btrfs -q subvolume create live");
    });
    afterEach(async () => {
      await pool.dispose();
      await places.dispose();
    });

    const usedBytes = async (): Promise<number> => {
      await bashIn(pool.mountPath, "sync -f .");
      return Number(await bashIn(pool.mountPath, "btrfs filesystem usage -b . | sed -n 's/^ *Used:[^0-9]*//p' | head -1"));
    };

    it("grows the pool by little more than what has changed", async () => {
      await places.change(
        "head -c 60M /dev/urandom > big; for i in $(seq 300); do echo $i > f$i; done; ln big same; head -c 8M /dev/urandom > p; ln p q",
      );
      const copy = () => places.copy(connection, { user, targetDirectory: target });
      await copy();
      await bashIn(pool.mountPath, "btrfs -q subvolume snapshot -r live snapshot");
      const before = await usedBytes();
      // 800 KiB within the big file, and a pair that is split without a change of its content.
      await places.change(
        "for at in 5 20 35 50; do head -c 200K /dev/urandom | dd of=big bs=1M seek=$at conv=notrunc status=none; done; cp p t; mv t p",
      );
      const { bytesChanged } = await copy();
      expect(bytesChanged).toBeLessThan(1.5 * MIB);
      expect((await usedBytes()) - before).toBeLessThan(1.5 * 0.8 * MIB + 8 * MIB);
      const sums = "find . -type f -print0 | sort -z | xargs -0 sha256sum; stat -c '%n %h' big same p q";
      expect(await bashIn(target, sums)).toBe(await places.change(sums));
    });
  });
}
