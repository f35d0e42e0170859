import { mkdir, symlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { removeTestDirectory } from "../../leftovers/remove-test-directory.ts";
import { makeTestDirectory } from "../../leftovers/test-directory.ts";
import type { HostHarness } from "../host-harness.ts";

export function testLooking(harness: HostHarness): void {
  describe("facts and files", () => {
    let directory: string;
    beforeAll(async () => {
      directory = await makeTestDirectory();
      await mkdir(join(directory, "empty"));
      await mkdir(join(directory, "full/inner"), { recursive: true });
      await writeFile(join(directory, "file"), "");
      await symlink("full", join(directory, "link"));
      await symlink("nowhere", join(directory, "dangling"));
    });
    afterAll(() => removeTestDirectory(directory));

    it("tells the system's and the host's name", async () => {
      const facts = await (await harness.connect()).facts();
      expect(facts).toEqual({ osName: expect.stringMatching(/./) as string, hostname: hostname() });
    });

    it("tells what lies at a path, and where it leads", async () => {
      const connection = await harness.connect();
      const look = (name: string) => connection.lookAt(join(directory, name));
      const facts = (kind: string, realPath: string, isEmptyDirectory = false) => ({
        kind,
        isEmptyDirectory,
        isMountPoint: false,
        realPath: join(directory, realPath),
      });
      expect(await look("empty")).toEqual(facts("DIRECTORY", "empty", true));
      expect(await look("full")).toEqual(facts("DIRECTORY", "full"));
      expect(await look("file")).toEqual(facts("FILE", "file"));
      expect(await look("link")).toEqual(facts("SYMLINK", "full"));
      expect(await look("link/inner")).toEqual(facts("DIRECTORY", "full/inner", true));
      expect(await look("link/absent/deeper")).toEqual(facts("ABSENT", "full/absent/deeper"));
      expect(await look("dangling")).toMatchObject({ kind: "SYMLINK" });
      expect(await look("file/below")).toMatchObject({ kind: "ABSENT" });
      expect(await connection.lookAt("/proc")).toMatchObject({ kind: "DIRECTORY", isMountPoint: true });
      expect(await connection.lookAt("/dev/null")).toMatchObject({ kind: "OTHER" });
    });

    it("lists what is mounted", async () => {
      const table = await (await harness.connect()).mountTable();
      expect(table).toContainEqual(
        expect.objectContaining({
          mountPath: "/proc",
          root: "/",
          fileSystem: "proc",
          device: expect.stringMatching(/^\d+:\d+$/) as string,
        }),
      );
    });
  });
}
