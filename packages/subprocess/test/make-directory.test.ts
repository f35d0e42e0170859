import { mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeDirectory } from "../src/index.ts";

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "opendvp-test-make-directory-"));
});
afterAll(() => rm(directory, { recursive: true }));

test("makes what is missing above it as well, all with the mode that is asked for", async () => {
  await makeDirectory(join(directory, "a", "b", "c"), 0o700);
  for (const path of ["a", "a/b", "a/b/c"]) expect((await stat(join(directory, path))).mode & 0o777).toBe(0o700);
});

test("leaves a directory that is there as it is, behind a link too", async () => {
  await makeDirectory(join(directory, "there"), 0o700);
  await symlink("there", join(directory, "link"));
  await makeDirectory(join(directory, "there"), 0o755);
  await makeDirectory(join(directory, "link"), 0o755);
  expect((await stat(join(directory, "there"))).mode & 0o777).toBe(0o700);
});

test("succeeds for all who make the same one at a time", async () => {
  for (let round = 0; round < 20; round += 1) {
    const path = join(directory, String(round), "a", "b", "c");
    await Promise.all(Array.from({ length: 8 }, () => makeDirectory(path)));
    expect((await stat(path)).isDirectory()).toBe(true);
  }
});

test("is refused where a file is in the way, or a link to nothing", async () => {
  await writeFile(join(directory, "file"), "");
  await symlink("nowhere", join(directory, "dangling"));
  await expect(makeDirectory(join(directory, "file"))).rejects.toMatchObject({ code: "EEXIST" });
  await expect(makeDirectory(join(directory, "file", "below"))).rejects.toMatchObject({ code: "ENOTDIR" });
  await expect(makeDirectory(join(directory, "dangling"))).rejects.toMatchObject({ code: "EEXIST" });
});

test("comes to an end below /proc, where nothing can be made", async () => {
  await expect(makeDirectory("/proc/opendvp/a/b")).rejects.toMatchObject({ code: "ENOENT" });
});
