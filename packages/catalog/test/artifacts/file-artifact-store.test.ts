import { execFile } from "node:child_process";
import { chmod, mkdir, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { FileArtifactStore } from "@opendvp/catalog";
import { artifactWith, buildZip, makeTestDirectory } from "@opendvp/testkit";
import { describeArtifactStore } from "@opendvp/testkit/conformance";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../temporary-directory.ts";

const run = promisify(execFile);
const isRoot = process.geteuid?.() === 0;
const NOBODY = 65534;

describeArtifactStore("file", async () => {
  const directory = await makeTestDirectory();
  return {
    open: () => FileArtifactStore.open(join(directory, "artifacts")),
    dispose: () => rm(directory, { recursive: true, force: true }),
  };
});

const SMALL = artifactWith(buildZip([{ name: "a.js", content: "1" }]));

describe("FileArtifactStore", () => {
  it("refuses an artifact that is too large, before anything is written", async () => {
    const directory = await temporaryDirectory();
    const store = await FileArtifactStore.open(directory, { artifactBytes: 100 });
    await expect(store.put(Buffer.alloc(101))).rejects.toMatchObject({ code: "TOO_LARGE", details: { limitBytes: 100 } });
    expect(await readdir(directory)).toEqual(["unpacked"]);
  });

  it("tells a damaged artifact from a whole one, and mends it with the same upload", async () => {
    const directory = await temporaryDirectory();
    const store = await FileArtifactStore.open(directory);
    const sha256 = await store.put(SMALL);
    await writeFile(join(directory, `${sha256}.json`), "torn");
    await expect(store.get(sha256)).rejects.toMatchObject({ code: "CATALOG_FAILED", action: expect.stringContaining("Upload") });
    await store.put(SMALL);
    expect(Buffer.from((await store.get(sha256)) ?? [])).toEqual(Buffer.from(SMALL));
  });

  it("sweeps away at its start what a crash left half made, and nothing else", async () => {
    const directory = await temporaryDirectory();
    const store = await FileArtifactStore.open(directory);
    const sha256 = await store.put(SMALL);
    await store.unpacked(sha256);
    await writeFile(join(directory, ".draft-1234"), "half");
    await mkdir(join(directory, "unpacked", ".draft-5678", "deep"), { recursive: true });
    await FileArtifactStore.open(directory);
    expect((await readdir(directory)).sort()).toEqual([`${sha256}.json`, "unpacked"]);
    expect(await readdir(join(directory, "unpacked"))).toEqual([sha256]);
  });

  it("lists also the trees whose artifacts are lost, and removes these when told to", async () => {
    const directory = await temporaryDirectory();
    const store = await FileArtifactStore.open(directory);
    const [kept, removed] = [await store.put(SMALL), await store.put(artifactWith(buildZip([{ name: "b.js", content: "2" }])))];
    await store.unpacked(kept);
    await store.unpacked(removed);
    await rm(join(directory, `${removed}.json`));
    await mkdir(join(directory, "unpacked", "of-somebody-else"));
    const reopened = await FileArtifactStore.open(directory);
    expect((await reopened.list()).toSorted()).toEqual([kept, removed].sort());
    await reopened.remove(removed);
    expect((await readdir(join(directory, "unpacked"))).sort()).toEqual([kept, "of-somebody-else"].sort());
    expect(await reopened.list()).toEqual([kept]);
  });

  it("tells of an artifact that cannot be read what to do, and takes the same one again", async () => {
    const directory = await temporaryDirectory();
    const store = await FileArtifactStore.open(directory);
    const sha256 = await store.put(SMALL);
    const file = join(directory, `${sha256}.json`);
    await rm(file);
    // A link to itself is an error of every read, for root as well.
    await symlink(file, file);
    await expect(store.get(sha256)).rejects.toMatchObject({
      code: "CATALOG_FAILED",
      message: expect.stringContaining("cannot be read (ELOOP") as string,
      action: expect.stringContaining("Upload the same artifact again") as string,
    });
    expect(await store.put(SMALL)).toBe(sha256);
    expect(Buffer.from((await store.get(sha256)) ?? [])).toEqual(Buffer.from(SMALL));
  });

  it.skipIf(!isRoot)("lets a plugin process of another user read the code, but not change it, whatever the umask", async () => {
    const parent = await temporaryDirectory();
    await chmod(parent, 0o711);
    const before = process.umask(0o077);
    try {
      const store = await FileArtifactStore.open(join(parent, "artifacts"));
      const directory = await store.unpacked(await store.put(artifactWith(buildZip([{ name: "lib/a.js", content: "code" }]))));
      const asNobody = (...command: string[]) => run("setpriv", [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", ...command]);
      expect((await asNobody("cat", join(directory, "lib/a.js"))).stdout).toBe("code");
      await expect(asNobody("touch", join(directory, "lib/b.js"))).rejects.toThrow(/denied/);
      await expect(asNobody("sh", "-c", `echo x > "${join(directory, "lib/a.js")}"`)).rejects.toThrow(/denied/);
    } finally {
      process.umask(before);
    }
  });
});
