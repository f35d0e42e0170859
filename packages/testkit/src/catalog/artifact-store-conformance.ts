import { chmod, mkdir, readFile, readdir, rm, stat, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ArtifactStore } from "@opendvp/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refusedArtifactsSuite } from "./refused-artifacts-suite.ts";
import { artifactWith, buildZip } from "./zip-builder.ts";

export interface ArtifactStoreFixture {
  /** Opens the store; the same one each time. */
  open(): Promise<ArtifactStore>;
  dispose(): Promise<void>;
}

const FILES = {
  "main.js": "console.log(1);\n",
  "lib/deep/data.bin": "\0\u00ff".repeat(1000),
  "lib/naïve name.txt": "",
  "lib/deep/x.json": "{}",
};

const ARTIFACT = artifactWith(
  buildZip([
    { name: "lib/", unixMode: 0o040700 },
    { name: "lib/empty/", unixMode: 0o040755 },
    ...Object.entries(FILES).map(([name, content], index) => ({ name, content, unixMode: 0o100777, isStored: index === 0 })),
  ]),
);

async function filesIn(directory: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isDirectory()) files[path.slice(directory.length + 1)] = await readFile(path, "utf8");
  }
  return files;
}

/** Ways in which an unpacked tree can come to harm. */
const HARM: readonly (readonly [how: string, harm: (directory: string) => Promise<unknown>])[] = [
  ["is gone", (directory) => rm(directory, { recursive: true })],
  [
    "is a file",
    async (directory) => {
      await rm(directory, { recursive: true });
      await writeFile(directory, "x");
    },
  ],
  ["misses a file", (directory) => rm(join(directory, "lib/deep/x.json"))],
  ["misses an empty directory", (directory) => rm(join(directory, "lib/empty"), { recursive: true })],
  ["has a file too many", (directory) => writeFile(join(directory, "lib/extra"), "x")],
  ["has a file that was cut off", (directory) => truncate(join(directory, "lib/deep/data.bin"), 10)],
  ["has a file with other content of the same size", (directory) => writeFile(join(directory, "main.js"), "console.log(2);\n")],
  [
    "has a link instead of a file",
    async (directory) => {
      await rm(join(directory, "main.js"));
      await symlink("/etc/hostname", join(directory, "main.js"));
    },
  ],
  ["has a file that others cannot read", (directory) => chmod(join(directory, "main.js"), 0o600)],
  ["has a directory that others cannot enter", (directory) => chmod(join(directory, "lib"), 0o700)],
  [
    "has a directory instead of a file",
    async (directory) => {
      await rm(join(directory, "main.js"));
      await mkdir(join(directory, "main.js"));
    },
  ],
];

/** What every implementation of the ArtifactStore port promises, as tests. `createFixture` makes a new, empty store each time. */
export function describeArtifactStore(name: string, createFixture: () => Promise<ArtifactStoreFixture>): void {
  describe(`the ${name} artifact store`, () => {
    let fixture: ArtifactStoreFixture;
    let store: ArtifactStore;
    beforeEach(async () => {
      fixture = await createFixture();
      store = await fixture.open();
    });
    afterEach(() => fixture.dispose());

    it("gives back what was put in, by its SHA-256, also after a restart", async () => {
      const sha256 = await store.put(ARTIFACT);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(Buffer.from((await store.get(sha256)) ?? [])).toEqual(Buffer.from(ARTIFACT));
      expect(Buffer.from((await (await fixture.open()).get(sha256)) ?? [])).toEqual(Buffer.from(ARTIFACT));
    });

    it("keeps the same bytes once, and takes any bytes", async () => {
      const [first, second] = await Promise.all([store.put(ARTIFACT), store.put(ARTIFACT)]);
      expect(first).toBe(second);
      const other = await store.put(Buffer.from("no artifact at all"));
      expect(other).not.toBe(first);
      expect(await store.get(other)).toBeDefined();
    });

    it.each(["0".repeat(64), "", "..", "../../etc/passwd", "A".repeat(64)])(
      "has nothing at %j, and removes it without complaint",
      async (sha256) => {
        expect(await store.get(sha256)).toBeUndefined();
        await store.remove(sha256);
        await expect(store.unpacked(sha256)).rejects.toMatchObject({ code: "NOT_FOUND" });
      },
    );

    it("unpacks the source code, readable but not writable for other users", async () => {
      const directory = await store.unpacked(await store.put(ARTIFACT));
      expect(await filesIn(directory)).toEqual(FILES);
      for (const path of ["", "lib", "lib/empty", "lib/deep"]) expect((await stat(join(directory, path))).mode & 0o7777, path).toBe(0o755);
      for (const path of Object.keys(FILES)) expect((await stat(join(directory, path))).mode & 0o7777, path).toBe(0o644);
    });

    it("unpacks once for all who ask, and to the same place after a restart", async () => {
      const sha256 = await store.put(ARTIFACT);
      const asked = await Promise.all([store.unpacked(sha256), store.unpacked(sha256), store.unpacked(sha256)]);
      expect(new Set(asked).size).toBe(1);
      const { ino } = await stat(asked[0]);
      expect(await (await fixture.open()).unpacked(sha256)).toBe(asked[0]);
      expect((await stat(asked[0])).ino).toBe(ino);
    });

    it.each(HARM)("makes an unpacked tree again that %s", async (_how, harm) => {
      const sha256 = await store.put(ARTIFACT);
      const directory = await store.unpacked(sha256);
      await harm(directory);
      const restarted = await fixture.open();
      expect(await restarted.unpacked(sha256)).toBe(directory);
      expect(await filesIn(directory)).toEqual(FILES);
      expect((await stat(join(directory, "lib/empty"))).isDirectory()).toBe(true);
      for (const path of ["", "lib"]) expect((await stat(join(directory, path))).mode & 0o777).toBe(0o755);
      expect((await stat(join(directory, "main.js"))).mode & 0o777).toBe(0o644);
    });

    it("makes a tree again that vanishes while the engine runs", async () => {
      const sha256 = await store.put(ARTIFACT);
      const directory = await store.unpacked(sha256);
      await rm(directory, { recursive: true });
      await store.unpacked(sha256);
      expect(await filesIn(directory)).toEqual(FILES);
    });

    it("removes artifact and tree", async () => {
      const sha256 = await store.put(ARTIFACT);
      const directory = await store.unpacked(sha256);
      expect(await store.list()).toContain(sha256);
      await store.remove(sha256);
      await store.remove(sha256);
      expect(await store.list()).not.toContain(sha256);
      expect(await store.get(sha256)).toBeUndefined();
      await expect(stat(directory)).rejects.toMatchObject({ code: "ENOENT" });
      await expect(store.unpacked(sha256)).rejects.toMatchObject({ code: "NOT_FOUND" });
    });

    refusedArtifactsSuite(() => store);
  });
}
