import { describe, expect, it } from "vitest";
import type { MounterSuite } from "../mounter-suite.ts";

export function testSharedPaths({ places }: MounterSuite): void {
  describe("a shared path", () => {
    it("is the only part of the dataset that is shown", async () => {
      const { mount, unmount, shell } = places();
      const requests = [await mount("sub", { sharedPath: "sub" }), await mount("deep", { sharedPath: "sub/deep" }), await mount("all")];
      expect(await shell("cat place/sub/file; ls place/deep; ls place/all")).toBe("sub\nfile\nsub\n");
      for (const request of requests) await unmount(request);
      expect(await shell("ls -A place")).toBe("");
    });

    it("may go through a symbolic link that stays in the dataset", async () => {
      const { mount, unmount, mounter, host, shell } = places();
      await shell("cd pool/data*; ln -s sub link; ln -s link again");
      const request = await mount("point", { sharedPath: "again" });
      expect(await shell("cat place/point/file")).toBe("sub\n");
      await mounter.mount(host, request);
      expect(await mounter.mounted(host, [request])).toEqual([request.mountPath]);
      await unmount(request);
    });

    it("is refused where it leads out, does not exist, or is no directory", async () => {
      const { mount, shell } = places();
      await shell(
        "cd pool/data*; ln -s ../two sideways; ln -s /etc out; mkdir in; ln -s / in/root; ln -s loop loop; ln -s sub/file tofile",
      );
      const bad = [
        "..",
        "../two",
        "sub/../../two",
        "/etc",
        "/",
        "sub/",
        "sub//deep",
        "./sub",
        ".",
        "sideways",
        "out",
        "out/cron.d",
        "in/root/tmp",
        "absent",
        "file",
        "tofile",
        "loop",
        "a\0b",
      ];
      for (const sharedPath of bad) {
        await expect(mount("point", { sharedPath }), JSON.stringify(sharedPath)).rejects.toMatchObject({ code: "PATH_INVALID" });
      }
      expect(await shell("ls -A place")).toBe("");
    });
  });
}
