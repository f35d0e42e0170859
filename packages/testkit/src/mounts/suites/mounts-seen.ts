import { describe, expect, it } from "vitest";
import type { MounterSuite } from "../mounter-suite.ts";

export function testMountsSeen({ harness, places }: MounterSuite): void {
  describe("mounted", () => {
    it("tells which of the expected are there with the very dataset and part", async () => {
      const { mount, unmount, mounter, host, at, dataset, otherDataset } = places();
      const whole = await mount("a");
      const part = await mount("b c\\040", { sharedPath: "sub/deep" });
      const expected = [whole, part];
      const wrong = [
        { mountPath: at("a"), datasetPath: otherDataset, sharedPath: "" },
        { mountPath: at("a"), datasetPath: dataset, sharedPath: "sub" },
        { mountPath: part.mountPath, datasetPath: dataset, sharedPath: "sub" },
        { mountPath: at("never"), datasetPath: dataset, sharedPath: "" },
        { mountPath: at("a"), datasetPath: `${dataset}-gone`, sharedPath: "" },
        { mountPath: "/proc", datasetPath: dataset, sharedPath: "" },
        { mountPath: "/", datasetPath: dataset, sharedPath: "" },
      ];
      expect(await mounter.mounted(host, [...wrong, ...expected])).toEqual(expected.map(({ mountPath }) => mountPath));
      await unmount(part);
      expect(await mounter.mounted(host, expected)).toEqual([whole.mountPath]);
      await unmount(whole);
      expect(await mounter.mounted(host, expected)).toEqual([]);
      expect(await mounter.mounted(host, [])).toEqual([]);
    });

    it("finds a dataset by a path through a symbolic link", async () => {
      const { mount, unmount, mounter, host, directory, shell } = places();
      await shell("ln -s pool way");
      const request = await mount("point", { datasetPath: `${directory}/way/two` });
      expect(await mounter.mounted(host, [request])).toEqual([request.mountPath]);
      await mounter.mount(host, request);
      await unmount(request);
    });

    it.runIf(harness.holdsWhileUsed)("does not count a mount that another one covers", async () => {
      const { mount, unmount, mounter, host, shell } = places();
      const request = await mount("point");
      await shell("mount -t tmpfs none place/point");
      expect(await mounter.mounted(host, [request])).toEqual([]);
      await shell("umount place/point");
      expect(await mounter.mounted(host, [request])).toEqual([request.mountPath]);
      await unmount(request);
    });
  });
}
