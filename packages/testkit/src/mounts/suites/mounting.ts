import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { isRoot } from "../../hosts/host-harness.ts";
import type { MounterSuite } from "../mounter-suite.ts";

const ODD = 'it\'s "odd" \\040 #ü ';

export function testMounting({ harness, places }: MounterSuite): void {
  describe("mount", () => {
    it("shows the dataset at the path, writable, and unmount takes it away with the directories made", async () => {
      const { mount, unmount, shell } = places();
      const request = await mount(`deep/${ODD}/point`);
      expect(await readFile(`${request.mountPath}/file`, "utf8")).toBe("one\n");
      await writeFile(`${request.mountPath}/new`, "new\n");
      await unmount(request);
      expect(await shell("ls -A place; cat pool/data*/new")).toBe("new\n");
    });

    it("may be repeated", async () => {
      const { mount, unmount, mounter, host, shell } = places();
      const request = await mount("point");
      await mounter.mount(host, request);
      await mounter.mount(host, request);
      expect((await host.mountTable()).filter(({ mountPath }) => mountPath === request.mountPath).length).toBeLessThanOrEqual(1);
      await unmount(request);
      await unmount(request);
      expect(await shell("ls -A place")).toBe("");
    });

    it("goes on where it was cut off", async () => {
      const { mounter, host, at, dataset, unmount, shell } = places();
      const { directoriesToMake } = await mounter.plan(host, at("a/b/point"));
      const request = { datasetPath: dataset, sharedPath: "", mountPath: at("a/b/point"), directoriesToMake };
      await shell("mkdir place/a");
      await mounter.mount(host, request);
      expect(await shell("cat place/a/b/point/file")).toBe("one\n");
      await unmount(request);
      await shell("mkdir place/a");
      await unmount(request);
      expect(await shell("ls -A place")).toBe("");
    });

    it.runIf(harness.holdsWhileUsed)("finishes a mount that was cut off before it was confined", async () => {
      const { mount, unmount, mounter, host, shell } = places();
      const request = await mount("point");
      await unmount(request);
      await shell("mkdir place/point; mount --bind pool/data* place/point");
      await mounter.mount(host, request);
      const lines = (await host.mountTable()).filter(({ mountPath }) => mountPath === request.mountPath);
      expect(lines).toMatchObject([{ options: expect.arrayContaining(["nosuid", "nodev"]) as string[] }]);
      await unmount(request);
    });

    it("refuses a path that something else has taken since it was planned, and leaves that alone", async () => {
      const { mounter, host, at, dataset, otherDataset, mount, unmount, shell } = places();
      const { directoriesToMake } = await mounter.plan(host, at("point"));
      const planned = { datasetPath: otherDataset, sharedPath: "", mountPath: at("point"), directoriesToMake };
      const refused = { code: "MOUNT_POINT_REFUSED" };
      const request = await mount("point", { datasetPath: dataset });
      await expect(mounter.mount(host, planned)).rejects.toMatchObject(refused);
      expect(await shell("cat place/point/file")).toBe("one\n");
      await unmount(request);
      await shell("mkdir place/point; touch place/point/theirs");
      await expect(mounter.mount(host, { ...planned, directoriesToMake: [] })).rejects.toMatchObject(refused);
      expect(await shell("ls place/point")).toBe("theirs\n");
    });

    it.skipIf(!isRoot)("sets the owner of the top alone, and only when asked", async () => {
      const { mount, unmount, shell, mounter, host } = places();
      const plain = await mount("plain");
      expect(await shell("stat -Lc %u:%g place/plain place/plain/file")).toBe("0:0\n0:0\n");
      await unmount(plain);
      const owned = await mount("owned", { ownership: { uid: 12345, gid: 54321 } });
      await mounter.mount(host, owned);
      expect(await shell("stat -Lc %u:%g place/owned place/owned/file")).toBe("12345:54321\n0:0\n");
      await unmount(owned);
    });

    it("shows several datasets, and one at several paths, at once", async () => {
      const { mount, unmount, otherDataset, shell } = places();
      const requests = await Promise.all([mount("a"), mount("b", { datasetPath: otherDataset }), mount("c"), mount("d/e")]);
      expect(await shell("cat place/{a,b,c,d/e}/file")).toBe("one\ntwo\none\none\n");
      await Promise.all(requests.map(unmount));
      expect(await shell("ls -A place")).toBe("");
    });

    it("fails for a dataset that is not there, and unmount cleans up after it", async () => {
      const { mount, unmount, at, dataset, shell } = places();
      await expect(mount("x/point", { datasetPath: `${dataset}-gone` })).rejects.toMatchObject({ code: "MOUNT_FAILED" });
      await unmount({ datasetPath: "", sharedPath: "", mountPath: at("x/point"), directoriesToMake: [at("x"), at("x/point")] });
      expect(await shell("ls -A place")).toBe("");
    });
  });
}
