import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { MounterSuite } from "../mounter-suite.ts";

export function testUnmounting({ harness, places }: MounterSuite): void {
  describe("unmount", () => {
    it("leaves what others have put beside the mount point, and what it did not make", async () => {
      const { mount, unmount, shell } = places();
      await shell("mkdir place/theirs");
      const request = await mount("theirs/ours/point");
      await shell("touch place/theirs/ours/file");
      await unmount(request);
      expect(await shell("find place -mindepth 1 | sort")).toBe("place/theirs\nplace/theirs/ours\nplace/theirs/ours/file\n");
    });

    it.runIf(harness.canCoverDirectories)("gives an empty directory back as it was", async () => {
      const { mount, unmount, shell } = places();
      await shell("mkdir -m 700 place/theirs");
      const request = await mount("theirs");
      await unmount(request);
      expect(await shell("stat -c '%n %a' place/*")).toBe("place/theirs 700\n");
    });

    it("goes on beside others that share a directory made for them, which go and come meanwhile", async () => {
      const { mounter, host, dataset, at, unmount, shell } = places();
      const shared = [at("made"), at("made/for all")];
      const comeAndGo = async (name: string): Promise<void> => {
        const mountPath = at(`made/for all/${name}`);
        const directoriesToMake = harness.canCoverDirectories ? [...shared, mountPath] : shared;
        const request = { datasetPath: dataset, sharedPath: "", mountPath, directoriesToMake };
        for (let round = 0; round < 15; round++) {
          await mounter.mount(host, request);
          await unmount(request);
        }
      };
      await Promise.all(["one", "two", "three"].map(comeAndGo));
      expect(await shell("ls -A place")).toBe("");
    });

    it("never touches the dataset", async () => {
      const { mount, unmount, shell } = places();
      await shell("rm -r pool/two/*");
      const request = await mount("point", { datasetPath: places().otherDataset });
      await unmount(request);
      expect(await shell("ls -A pool")).toBe("data set 'one'\ntwo\n");
    });

    it.runIf(harness.holdsWhileUsed)("names the processes that hold the mount, and works once they are gone", async () => {
      const { mount, unmount, host, shell } = places();
      const mark = `test-unmount-${String(process.pid)}:`;
      const request = await mount("point/held");
      const command = 'cd "$P" && (setsid sleep 60 >/dev/null 2>&1 &)';
      await host.run({ command, user: harness.user, mark, variables: { P: request.mountPath } });
      await sleep(100);
      await expect(unmount(request)).rejects.toMatchObject({
        code: "MOUNT_BUSY",
        message: expect.stringMatching(/sleep \(\d+\)/) as string,
        details: { processes: [{ command: "sleep" }] },
      });
      expect(await shell("cat place/point/held/file")).toBe("one\n");
      expect(await host.endUsersOf(request.mountPath)).toBe(1);
      await unmount(request);
      expect(await shell("ls -A place")).toBe("");
    });

    it.runIf(harness.holdsWhileUsed)("does not let mounts made below it hold the pool", async () => {
      const { mount, unmount, shell, host } = places();
      const request = await mount("point");
      await shell("mount -t tmpfs none place/point/sub");
      expect((await host.mountTable()).filter(({ mountPath }) => mountPath.endsWith("/sub"))).toHaveLength(1);
      await expect(unmount(request)).rejects.toMatchObject({ code: "MOUNT_BUSY" });
      await shell("umount place/point/sub");
      await unmount(request);
    });
  });
}
