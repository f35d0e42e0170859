import type { HostConnection } from "@opendvp/core";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeOddTree } from "../../storage/odd-tree.ts";
import { isRoot, type HostHarness } from "../host-harness.ts";
import { makeTreePlaces, type TreePlaces } from "../tree-places.ts";

const READER = isRoot ? "root" : undefined;

/** What a copy keeps. Everything is compared: names, kinds, modes, owners, times, links, ACLs, attributes, checksums. */
export function testTreeCopy(harness: HostHarness): void {
  const user = READER ?? harness.user;

  describe("copyTree", () => {
    let places: TreePlaces;
    let connection: HostConnection;
    beforeEach(async () => {
      places = await makeTreePlaces();
      connection = await harness.connect();
    });
    afterEach(() => places.dispose());

    const expectEqual = async (): Promise<void> => {
      const { source, target } = await places.fingerprints();
      expect(target).toBe(source);
    };

    it("keeps everything of an odd tree, the first time and when nothing has changed", async () => {
      await makeOddTree(places.source);
      const { bytesChanged } = await places.copy(connection, { user });
      expect(bytesChanged).toBeGreaterThan(300_000);
      await expectEqual();
      expect(await places.copy(connection, { user })).toEqual({ bytesChanged: 0 });
      await expectEqual();
    });

    it("keeps holes, also where they grow and move", async () => {
      await places.change("truncate -s 64M s; head -c 3M /dev/urandom | dd of=s bs=1M seek=20 conv=notrunc status=none");
      await places.copy(connection, { user });
      await places.change(
        "fallocate --punch-hole -o 20M -l 2M s; head -c 1M /dev/urandom | dd of=s bs=1M seek=40 conv=notrunc status=none",
      );
      await places.copy(connection, { user });
      await expectEqual();
      expect(Number(await places.change("stat -c %b ../target/s")) * 512).toBeLessThan(4 * 1024 * 1024);
    });

    it("follows files that shrink, grow, go, and change into something else", async () => {
      await places.change(
        "head -c 900000 /dev/urandom > a; mkdir -p d/e f; echo x > d/e/x; echo y > f/y; echo z > z; ln -s z l; echo k > k",
      );
      await places.copy(connection, { user });
      await places.change(
        "truncate -s 400000 a; rm -r d; echo 'now a file' > d; rm k; mkdir k; echo in > k/in; rm l; mkdir l; rm -r f; ln -s z f; rm z",
      );
      await places.copy(connection, { user });
      await expectEqual();
      await places.change("echo more >> a; rm d; ln -s a d; rm -r k l; mkfifo k");
      await places.copy(connection, { user });
      await expectEqual();
    });

    it("finds a change that neither size nor time shows", async () => {
      await places.change("echo one > f; echo two > g; touch -d 2020-01-01 f g");
      await places.copy(connection, { user });
      await places.change("sleep 0.02; printf 'ONE\\n' 1<> f; touch -d 2020-01-01 f");
      await places.copy(connection, { user });
      await expectEqual();
      await places.change("touch -d '2020-01-01 00:00:00.1' g; printf 'TWO\\n' 1<> g; touch -d '2020-01-01 00:00:00.2' g");
      await places.copy(connection, { user });
      await expectEqual();
    });

    it("never writes through a symbolic link that a directory of the source was before", async () => {
      await places.change("mkdir ../outside; echo precious > ../outside/f; touch -d 2020-01-01 ../outside/f; ln -s ../outside d");
      await places.copy(connection, { user });
      await places.change("rm d; mkdir d; echo PRECIOUS > d/f; touch -d 2020-01-01 d/f");
      await places.copy(connection, { user });
      await expectEqual();
      expect(await places.change("cat ../outside/f; stat -c %y ../outside/f")).toMatch(/^precious\n2020-01-01 00:00:00\.0/);
    });

    it("reports progress up to 100 percent", async () => {
      await places.change("for i in $(seq 50); do head -c 100000 /dev/urandom > $i; done");
      const seen: number[] = [];
      await places.copy(connection, { user, onProgress: (percent) => seen.push(percent) });
      expect(seen.at(-1)).toBe(100);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
    });

    it("equals the source after any series of changes", { timeout: 120_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(change(), { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 4 }), async (syncs) => {
          await places.change("rm -rf -- * ../target/*");
          for (const changes of syncs) {
            await places.change(changes.join("\n"));
            await places.copy(connection, { user });
            await expectEqual();
          }
        }),
        { numRuns: 12 },
      );
    });
  });
}

/** One change of a small tree, so that names meet again and again. */
function change(): fc.Arbitrary<string> {
  const name = fc.constantFrom("a", "b", "c", "d/a", "d/b");
  const size = fc.constantFrom(0, 5, 5000, 70_000);
  return fc.oneof(
    fc.tuple(name, size).map(([path, bytes]) => `mkdir -p d; rm -rf ${path}; head -c ${String(bytes)} /dev/urandom > ${path}`),
    fc
      .tuple(name, size)
      .map(([path, at]) => `if [ -f ${path} ]; then printf new | dd of=${path} bs=1 seek=${String(at)} conv=notrunc status=none; fi`),
    fc.tuple(name, name).map(([from, to]) => `if [ -f ${from} ]; then mkdir -p d; ln -f ${from} ${to} 2>/dev/null || true; fi`),
    fc
      .tuple(name, size)
      .map(([path, bytes]) => `if [ -f ${path} ]; then cp ${path} t; rm ${path}; mv t ${path}; truncate -s ${String(bytes)} ${path}; fi`),
    fc.tuple(name, name).map(([from, to]) => `if [ -f ${from} ] && [ -f ${to} ]; then touch -r ${from} ${to}; fi`),
    name.map((path) => `if [ -f ${path} ]; then touch -d 2020-01-01 ${path}; fi`),
    name.map((path) => `rm -rf ${path}`),
    fc.constant("if [ -d d ]; then rm -rf d; ln -s . d; elif [ -L d ]; then rm d; fi"),
  );
}
