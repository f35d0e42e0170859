import { existsSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MounterSuite } from "../mounter-suite.ts";

const REFUSED = { code: "MOUNT_POINT_REFUSED", action: expect.stringMatching(/./) as string };

const SYSTEM = [
  "/",
  "/bin",
  "/bin/x",
  "/boot",
  "/dev/shm/x",
  "/etc",
  "/etc/cron.d",
  "/home",
  "/lib64/x",
  "/media",
  "/mnt",
  "/opt",
  "/proc/self",
  "/root",
  "/run/x",
];
const MORE_SYSTEM = [
  "/sbin/x",
  "/srv",
  "/sys/x",
  "/tmp",
  "/usr/local/x",
  "/var",
  "/var/lib",
  "/var/lib/dpkg/x",
  "/var/log/x",
  "/var/run/x",
  "/var/spool/cron",
  "/var/tmp",
];

export function testMountPoints({ harness, places }: MounterSuite): void {
  describe("a mount point", () => {
    it("may be absent: the plan names the directories to make and makes none", async () => {
      const { mounter, host, at, shell } = places();
      const { directoriesToMake } = await mounter.plan(host, at("a/b/c"));
      const parents = [at("a"), at("a/b")];
      expect(directoriesToMake).toEqual(harness.canCoverDirectories ? [...parents, at("a/b/c")] : parents);
      expect(await shell("ls -A place")).toBe("");
    });

    it("may be an empty directory, where the technology can cover one", async () => {
      const { mounter, host, at, shell } = places();
      await shell("mkdir place/empty");
      const plan = mounter.plan(host, at("empty"));
      if (harness.canCoverDirectories) expect(await plan).toEqual({ directoriesToMake: [] });
      else await expect(plan).rejects.toMatchObject(REFUSED);
    });

    it("is refused where something is already", async () => {
      const { mounter, host, at, shell } = places();
      await shell("cd place; mkdir -p full/.hidden dir; touch file; ln -s dir link; ln -s nowhere dangling; ln -s /etc etc; mkfifo pipe");
      for (const name of ["full", "file", "link", "link/new", "dangling", "dangling/new", "etc/new", "file/below", "pipe"]) {
        await expect(mounter.plan(host, at(name)), name).rejects.toMatchObject(REFUSED);
      }
    });

    it("is refused where something is mounted", async () => {
      const { mounter, host, mount, unmount } = places();
      const request = await mount("point");
      await expect(mounter.plan(host, request.mountPath)).rejects.toMatchObject(REFUSED);
      await unmount(request);
    });

    it("is refused over and in directories of the system", async () => {
      const { mounter, host } = places();
      for (const path of [...SYSTEM, ...MORE_SYSTEM]) await expect(mounter.plan(host, path), path).rejects.toMatchObject(REFUSED);
    });

    it("is accepted beside them", async () => {
      const { mounter, host } = places();
      for (const place of ["/mnt", "/opt", "/srv", "/tmp", "/var/tmp", "/var/lib", "/home/nobody-at-all", "/etcetera", "/nothing-here"]) {
        const path = `${place}/opendvp-test-absent`;
        const { directoriesToMake } = await mounter.plan(host, path);
        expect(
          directoriesToMake.every((directory) => !existsSync(directory)),
          path,
        ).toBe(true);
      }
    });

    it("is refused over and in the engine's own directories", async () => {
      const { mounter, host, directory } = places();
      for (const name of ["pool", "pool/new", "pool/two"]) {
        await expect(mounter.plan(host, `${directory}/${name}`)).rejects.toMatchObject(REFUSED);
      }
      await expect(mounter.plan(host, directory)).rejects.toMatchObject(REFUSED);
    });

    it("is refused unless its path is absolute, normalised and free of control characters", async () => {
      const { mounter, host, at } = places();
      const bad = [
        "",
        "x",
        "./x",
        "~/x",
        `${at("x")}/`,
        at("a//b"),
        at("a").replace("/a", "//a"),
        `${at("a")}/./b`,
        `${at("a")}/../b`,
        at("a\nb"),
        at("a\0b"),
        at("a\x7fb"),
      ];
      const long = [at("x".repeat(256)), at("x/".repeat(2500) + "x"), at("\ud800")];
      for (const path of [...bad, ...long].filter((candidate) => candidate !== at("a"))) {
        await expect(mounter.plan(host, path), JSON.stringify(path)).rejects.toMatchObject(REFUSED);
      }
    });

    it("is planned or refused, whatever the path, and never touched", async () => {
      const { mounter, host, at, shell } = places();
      await shell("mkdir -p place/a/b place/c; touch place/c/file; ln -s a place/l");
      const before = await shell("find . -printf '%p %T@ %l\\n' | sort");
      const name = fc.oneof(fc.constantFrom("a", "b", "c", "l", "file", "..", ".", "", "new"), fc.string({ unit: "binary", maxLength: 8 }));
      const path = fc.array(name, { maxLength: 5 }).map((names) => [at("."), ...names].join("/").replace("/./", "/"));
      await fc.assert(
        fc.asyncProperty(fc.oneof(path, fc.string({ unit: "binary" })), async (mountPath) => {
          const outcome = await mounter.plan(host, mountPath).then(
            ({ directoriesToMake }) => directoriesToMake,
            (error: unknown) => {
              expect(error).toMatchObject(REFUSED);
              return [];
            },
          );
          for (const directory of outcome) expect(`${mountPath}/`.startsWith(`${directory}/`)).toBe(true);
        }),
        { numRuns: 300 },
      );
      expect(await shell("find . -printf '%p %T@ %l\\n' | sort")).toBe(before);
    });
  });
}
