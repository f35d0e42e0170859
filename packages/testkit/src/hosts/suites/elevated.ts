import { chmod, lstat, mkdir, readdir, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { HostConnection } from "@opendvp/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { removeTestDirectory } from "../../leftovers/remove-test-directory.ts";
import { makeTestDirectory } from "../../leftovers/test-directory.ts";
import { isRoot, type HostHarness } from "../host-harness.ts";
import { bashIn } from "../tree-places.ts";

export function testElevated(harness: HostHarness): void {
  describe("elevated", () => {
    let directory: string;
    let connection: HostConnection;
    beforeEach(async () => {
      directory = await makeTestDirectory();
      connection = await harness.connect();
    });
    afterEach(() => removeTestDirectory(directory));
    const at = (name: string): string => join(directory, name);

    it("makes directories, again too, and removes only empty ones", async () => {
      const { elevated } = connection;
      await elevated.makeDirectory(at("it's\na dir"));
      await elevated.makeDirectory(at("it's\na dir"));
      expect((await lstat(at("it's\na dir"))).mode & 0o777).toBe(0o755);
      await writeFile(at("it's\na dir/file"), "");
      await elevated.removeDirectory(at("it's\na dir"));
      expect(await readdir(directory)).toEqual(["it's\na dir"]);
      await rm(at("it's\na dir/file"));
      await elevated.removeDirectory(at("it's\na dir"));
      await elevated.removeDirectory(at("it's\na dir"));
      await elevated.removeDirectory(at("absent/deeper"));
      expect(await readdir(directory)).toEqual([]);
      await writeFile(at("file"), "");
      await expect(elevated.makeDirectory(at("file"))).rejects.toMatchObject({ code: "MOUNT_FAILED" });
    });

    it("finds nothing to remove where another removes what is above it at the same time", async () => {
      const { elevated } = connection;
      const names = ["above", ...["a", "b", "c", "d"].map((name) => `above/${name}`)];
      for (let round = 0; round < 100; round++) {
        await mkdir(at("above"));
        await Promise.all(names.map((name) => elevated.removeDirectory(at(name))));
        expect(await readdir(directory)).toEqual([]);
      }
    });

    it("makes symbolic links, again too, and removes nothing else", async () => {
      const { elevated } = connection;
      await elevated.makeSymlink("/some where", at("link"));
      await elevated.makeSymlink("/some where", at("link"));
      expect(await readlink(at("link"))).toBe("/some where");
      await expect(elevated.makeSymlink("/else", at("link"))).rejects.toMatchObject({ code: "MOUNT_FAILED" });
      await writeFile(at("file"), "");
      await elevated.removeSymlink(at("file"));
      await elevated.removeSymlink(at("link"));
      await elevated.removeSymlink(at("link"));
      expect(await readdir(directory)).toEqual(["file"]);
    });

    it("acts nowhere else than at the path, whatever symbolic links are on the way", async () => {
      const { elevated } = connection;
      await mkdir(at("real/inner"), { recursive: true });
      await mkdir(at("dataset"));
      await symlink("real", at("link"));
      const refused = { code: "PATH_INVALID", message: expect.stringContaining(at("real")) as string };
      await expect(elevated.makeDirectory(at("link/new"))).rejects.toMatchObject(refused);
      await expect(elevated.removeDirectory(at("link/inner"))).rejects.toMatchObject(refused);
      await expect(elevated.makeSymlink("/x", at("link/new"))).rejects.toMatchObject(refused);
      await expect(elevated.changeOwner(at("link/inner"), 1, 1)).rejects.toMatchObject(refused);
      await expect(elevated.bindMount(at("dataset"), at("link/inner"))).rejects.toMatchObject(refused);
      expect(await readdir(at("real"))).toEqual(["inner"]);
    });

    it.skipIf(!isRoot)("changes the owner of one directory and nothing below", async () => {
      await mkdir(at("top/below"), { recursive: true });
      await connection.elevated.changeOwner(at("top"), 12345, 54321);
      expect(await bashIn(directory, "stat -c '%u %g' top top/below")).toBe("12345 54321\n0 0\n");
    });

    describe.skipIf(!isRoot)("mounts", () => {
      const odd = "mount 'point'\n\t\\ ü #";
      beforeEach(async () => {
        await mkdir(at("data set/sub"), { recursive: true });
        await writeFile(at("data set/file"), "inside");
        await mkdir(at(odd));
      });

      it("a directory at another, shown in the table, without power for programs and devices in it", async () => {
        await bashIn(at("data set"), "cp /usr/bin/id . && chmod 4755 id && chmod 755 . .. && mknod -m 666 null c 1 3");
        const lineOf = async () => (await connection.mountTable()).find(({ mountPath }) => mountPath === at(odd));
        expect(await lineOf()).toBeUndefined();
        await connection.elevated.bindMount(at("data set"), at(odd));
        const line = await lineOf();
        expect(line?.root.endsWith("/data set")).toBe(true);
        expect(await connection.lookAt(at(odd))).toMatchObject({ kind: "DIRECTORY", isMountPoint: true });
        const tried = await connection.run({
          command: 'cat "$P/file"; "$P/id" -u; echo x > "$P/null"',
          user: harness.user,
          variables: { P: at(odd) },
        });
        const { uid } = await connection.checkUser(harness.user);
        expect(tried).toMatchObject({
          exitCode: 1,
          stdout: `inside${String(uid)}\n`,
          stderr: expect.stringContaining("Permission denied") as string,
        });
        await connection.elevated.unmount(at(odd));
        expect(await lineOf()).toBeUndefined();
        expect(await readdir(at(odd))).toEqual([]);
      });

      it("names the processes that hold a mount, and leaves it mounted", async () => {
        const mark = `test-busy-${String(process.pid)}:`;
        await chmod(directory, 0o755);
        await connection.elevated.bindMount(at("data set"), at(odd));
        await connection.run({
          command: 'cd "$P" && (setsid sleep 60 >/dev/null 2>&1 &)',
          user: harness.user,
          mark,
          variables: { P: at(odd) },
        });
        await expect(connection.elevated.unmount(at(odd))).rejects.toMatchObject({
          code: "MOUNT_BUSY",
          message: expect.stringMatching(/sleep \(\d+\)/) as string,
          details: { processes: [{ command: "sleep", pid: expect.any(Number) as number }] },
        });
        expect(await readdir(at(odd))).toContain("file");
        await connection.endMarked(mark);
        await connection.elevated.unmount(at(odd));
      });

      it("says what cannot be mounted or unmounted", async () => {
        await expect(connection.elevated.unmount(at(odd))).rejects.toMatchObject({
          code: "MOUNT_FAILED",
          message: expect.not.stringContaining("/proc/") as string,
        });
        await expect(connection.elevated.bindMount(at("absent"), at(odd))).rejects.toMatchObject({ code: "MOUNT_FAILED" });
        await expect(connection.elevated.bindMount(at("data set/file"), at(odd))).rejects.toMatchObject({ code: "MOUNT_FAILED" });
      });
    });
  });
}
