import { join } from "node:path";
import type { HostConnection } from "@opendvp/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeLoopFileSystem } from "../../storage/loop-file-system.ts";
import { isRoot, type HostHarness } from "../host-harness.ts";
import { bashIn, makeTreePlaces, type TreePlaces } from "../tree-places.ts";

/** How a copy ends that cannot be done. */
export function testTreeCopyFailures(harness: HostHarness): void {
  const { user } = harness;

  describe("copyTree that fails", () => {
    let places: TreePlaces;
    let connection: HostConnection;
    beforeEach(async () => {
      places = await makeTreePlaces();
      connection = await harness.connect();
    });
    afterEach(() => places.dispose());

    it("names each file and directory that the user cannot read, although the engine could", async () => {
      await places.change("mkdir -p d closed; echo x > d/$'no \"way\"\\n'; chmod 000 d/no* closed; echo y > fine");
      const attempt = places.copy(connection, { user });
      const files = [join(places.source, "closed"), join(places.source, 'd/no "way"\n')];
      await expect(attempt).rejects.toMatchObject({
        code: "SOURCE_UNREADABLE",
        details: { count: 2, files: expect.arrayContaining(files) as string[] },
      });
      await places.copy(connection, { user, excludePaths: ["no*", "/closed"] });
      await places.change("chmod 755 closed");
    });

    it("counts them all and names no more than can be read", async () => {
      await places.change("touch $(seq 300); chmod 000 *");
      const error: unknown = await places.copy(connection, { user }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "SOURCE_UNREADABLE", details: { count: 300 } });
      expect((error as { details: { files: string[] } }).details.files).toHaveLength(100);
      expect((error as Error).message).toMatch(/and 295 more\.$/);
    });

    it("says when the source is not there, no directory, closed, or no whole path", async () => {
      await places.change("mkdir -p closed/in; touch file; chmod 000 closed");
      const copy = (sourceDirectory: string) => places.copy(connection, { user, sourceDirectory });
      for (const name of ["absent", "file", "closed/in"]) {
        await expect(copy(join(places.source, name))).rejects.toMatchObject({
          code: "SOURCE_UNREADABLE",
          message: expect.stringMatching(/\.$/) as string,
          details: { files: [join(places.source, name)] },
        });
      }
      await expect(copy("relative")).rejects.toMatchObject({ code: "PATH_INVALID" });
      await expect(copy(places.directory)).rejects.toMatchObject({ code: "PATH_INVALID" });
      await expect(copy(places.target)).rejects.toMatchObject({ code: "PATH_INVALID" });
      await places.change("chmod 755 closed");
    });

    it("ends at once when it is canceled, with all that it started", async () => {
      await places.change("truncate -s 20G zeros");
      const controller = new AbortController();
      const mark = `test-copy-${String(process.pid)}:`;
      const copying = places.copy(connection, { user, mark, signal: controller.signal });
      setTimeout(() => {
        controller.abort();
      }, 300);
      await expect(copying).rejects.toMatchObject({ code: "CANCELED" });
      expect(await connection.endMarked(mark)).toBe(0);
    });

    it("takes a tree that changes while it is copied", async () => {
      await places.change("for i in $(seq 300); do head -c 20000 /dev/zero > f$i; done");
      const churn = bashIn(places.source, "for i in $(seq 300); do rm -f f$i; echo new > g$i; done");
      await places.copy(connection, { user });
      await churn;
      await places.copy(connection, { user });
      const { source, target } = await places.fingerprints();
      expect(target).toBe(source);
    });

    it.skipIf(!isRoot)("says that the pool is full, and goes on from there once there is room", async () => {
      const pool = await makeLoopFileSystem({ directory: places.directory, name: "small", fileSystem: "ext4", sizeBytes: 8 * 1024 * 1024 });
      try {
        await places.change("head -c 20M /dev/urandom > big; echo x > small");
        const copy = () => places.copy(connection, { user, targetDirectory: pool.mountPath, excludePaths: ["lost+found"] });
        await expect(copy()).rejects.toMatchObject({ code: "STORAGE_FULL" });
        await places.change("truncate -s 1M big");
        await copy();
        expect(await bashIn(pool.mountPath, "cat big small | sha256sum")).toBe(await places.change("cat big small | sha256sum"));
      } finally {
        await pool.dispose();
      }
    });
  });
}
