import { chmod, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import type { HostConnection } from "@opendvp/core";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { removeTestDirectory } from "../../leftovers/remove-test-directory.ts";
import { makeTestDirectory } from "../../leftovers/test-directory.ts";
import type { HostHarness } from "../host-harness.ts";
import { bashIn, makeTreePlaces, type TreePlaces } from "../tree-places.ts";

/** Hard links through syncs that write in place: the one thing that repeating does not heal. */
export function testTreeCopyLinks(harness: HostHarness): void {
  const { user } = harness;

  describe("copyTree with hard links", () => {
    let places: TreePlaces;
    let connection: HostConnection;
    beforeEach(async () => {
      places = await makeTreePlaces();
      connection = await harness.connect();
    });
    afterEach(() => places.dispose());

    const sync = async (script: string): Promise<void> => {
      await places.change(script);
      await places.copy(connection, { user });
      // Owners differ where the test's own user made the files and cannot give them away; all else is compared.
      const { source, target } = await places.fingerprints();
      expect(target).toBe(source);
    };

    it("keeps a pair, and changes of it", async () => {
      await sync("head -c 200000 /dev/urandom > a; ln a b; mkdir d; ln a d/c");
      await sync("printf changed | dd of=b bs=1 seek=100000 conv=notrunc status=none");
    });

    it("splits a pair that the source has split, whichever of the two changes", async () => {
      await sync("echo both > a; ln a b; echo both > c; ln c d; echo both > e; ln e f");
      await sync("cp a t; mv t a; echo new > a; cp d t; mv t d; echo new > d; cp -p e t; mv t e");
    });

    it("splits a pair into files of the same size and time", async () => {
      await sync("echo both > a; ln a b; touch -d 2020-01-01 a");
      await sync("rm a; echo BOTH > a; touch -d 2020-01-01 a");
    });

    it("joins files that the source has joined", async () => {
      await sync("echo one > a; echo two > b; echo three > c");
      await sync("ln -f a b; ln -f a c");
    });

    it("follows pairs that change partners", async () => {
      await sync("echo 1 > a; ln a b; echo 2 > c; ln c d; echo 3 > e");
      await sync("ln -f c b; ln -f e d; echo 4 > f; ln -f f e; ln f g");
      await sync("rm a b; echo 5 > a; ln a b; ln -f d c");
    });

    it("keeps a file whose other name goes, or becomes something else", async () => {
      await sync("echo both > a; ln a b; ln a c; ln a d");
      await sync("rm b; rm c; mkdir c; rm d; ln -s a d; echo more >> a");
    });

    it("links what was a directory to another file", async () => {
      await sync("echo kept > a; mkdir -p b/d; echo x > b/d/x; echo y > c; mkdir e");
      await sync("rm -r b; ln a b; rmdir e; ln c e; mkfifo f; mkdir g");
      await sync("rmdir g; ln f g; rm a; mkdir a; touch a/x");
    });

    it("keeps what is followed where the link to it has several names itself", async () => {
      const far = await makeTestDirectory();
      onTestFinished(() => removeTestDirectory(far));
      await chmod(far, 0o755);
      await bashIn(far, "mkdir tree more; head -c 3000000 /dev/urandom > tree/a; ln tree/a tree/b; echo x > more/x; echo y > file");
      await places.change(`ln -s ${far}/tree t; ln t t2; ln -s ${far}/file f; ln f f2`);
      await bashIn(far, `ln -s ${far}/more tree/in; ln tree/in tree/in2`);
      const follow = () => places.copy(connection, { user, symLinksToFollow: ["t", "t/in", "f"] });
      await follow();
      expect((await follow()).bytesChanged).toBeLessThan(10_000);
      await bashIn(far, "cp tree/a tree/c; mv tree/c tree/a; echo more >> tree/a");
      await follow();
      for (const path of ["t/a", "t/b", "t/in/x", "f"]) {
        const [copied, original] = await Promise.all([places.target, places.source].map((root) => readFile(join(root, path))));
        expect(copied?.equals(original ?? Buffer.alloc(0)), path).toBe(true);
      }
      expect(await readlink(join(places.target, "t2"))).toBe(`${far}/tree`);
    });

    it("keeps links between names that are no text", async () => {
      await sync("printf x > \"$(printf 'a\\377\\n')\"; ln \"$(printf 'a\\377\\n')\" \"$(printf 'b\\376')\"");
      await sync("printf y > t; mv t \"$(printf 'b\\376')\"");
    });
  });
}
