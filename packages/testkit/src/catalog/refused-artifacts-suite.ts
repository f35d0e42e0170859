import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { ArtifactStore } from "@opendvp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { artifactWith, buildZip, type ZipPart } from "./zip-builder.ts";

const SYMLINK = 0o120777;
const MIB = 1024 * 1024;
const BIT_3_AND_ENCRYPTED = 0x801;

const BAD_ENTRIES: readonly (readonly [what: string, ...parts: ZipPart[]])[] = [
  ["an absolute path", { name: "/etc/cron.d/x" }],
  ["a path that leads out", { name: "../x" }],
  ["a path that leads out from within", { name: "a/../../x" }],
  ["a path that only goes in a circle", { name: "a/../b" }],
  ["a directory that leads out", { name: "../", unixMode: 0o040755 }],
  ["a dot", { name: "./x" }],
  ["two slashes", { name: "a//b" }],
  ["an empty name", { name: "" }],
  ["a slash alone", { name: "/" }],
  ["a backslash", { name: "..\\x" }],
  ["a drive letter", { name: "C:x" }],
  ["a line end", { name: "a\nb" }],
  ["a NUL", { name: "a\0b" }],
  ["a name that is not UTF-8", { name: Buffer.from([0x61, 0xff, 0x62]) }],
  ["a name of 256 bytes", { name: "é".repeat(128) }],
  ["a path of more than 1024 bytes", { name: Array.from({ length: 30 }, () => "d".repeat(40)).join("/") }],
  ["a path of 40 levels", { name: Array.from({ length: 40 }, () => "d").join("/") }],
  ["a symbolic link", { name: "link", content: "/etc/passwd", unixMode: SYMLINK }],
  ["a link and a file below it", { name: "d", content: "/tmp", unixMode: SYMLINK }, { name: "d/x", content: "x" }],
  ["a device", { name: "null", unixMode: 0o020666 }],
  ["a pipe", { name: "pipe", unixMode: 0o010666 }],
  ["a directory that says it is a file", { name: "d/", unixMode: 0o100644 }],
  ["a directory with content", { name: "d/", content: "x", unixMode: 0o040755 }],
  ["a name twice", { name: "a", content: "1" }, { name: "a", content: "2" }],
  ["names that differ in case only", { name: "Main.js" }, { name: "main.js" }],
  ["directories that differ in case only", { name: "Lib/a" }, { name: "lib/b" }],
  ["names that differ in composition only", { name: "caf\u00e9" }, { name: "cafe\u0301" }],
  ["a file that is a directory too", { name: "a" }, { name: "a/b" }],
  ["content that does not match its check sum", { name: "a", content: "abc", claims: { crc32: 1 } }],
  ["content that is longer than it says", { name: "a", content: "x".repeat(100_000), claims: { unpackedBytes: 10 } }],
  ["content that is shorter than it says", { name: "a", content: "x", claims: { unpackedBytes: 10 } }],
  ["two names for one entry", { name: "a", content: "x", claims: { localName: "b" } }],
  ["a method that is not DEFLATE", { name: "a", content: "x", claims: { method: 12 } }],
  ["data that is no DEFLATE", { name: "a", content: "no deflate", isStored: true, claims: { method: 8 } }],
  ["an encrypted entry", { name: "a", content: "x", claims: { flags: BIT_3_AND_ENCRYPTED } }],
  ["an entry that says it is enormous", { name: "a", content: "x", claims: { unpackedBytes: 0xfffffff0 } }],
  [
    "entries that are enormous together",
    ...Array.from({ length: 300 }, (_, index) => ({ name: `${index}`, claims: { unpackedBytes: 8 * MIB } })),
  ],
  ["a bomb", { name: "zeros", content: Buffer.alloc(32 * MIB) }],
];

const NOT_ARTIFACTS: readonly (readonly [what: string, bytes: Uint8Array])[] = [
  ["nothing", Buffer.alloc(0)],
  ["no JSON", Buffer.from("PK\x03\x04")],
  ["no object", Buffer.from("null")],
  ["no source code", Buffer.from('{"type":"Plugin"}')],
  ["source code that is no text", Buffer.from('{"sourceCode":{"a":1}}')],
  ["source code that is not base64", Buffer.from('{"sourceCode":"§§§"}')],
  ["source code that is no zip", artifactWith(Buffer.from("hello, world, this is not a zip"))],
  ["a zip without its end", artifactWith(buildZip([{ name: "a", content: "x" }]).subarray(0, -1))],
];

/** Artifacts that must not be unpacked. */
export function refusedArtifactsSuite(store: () => ArtifactStore): void {
  describe("refuses to unpack, and leaves nothing behind of", () => {
    const refuse = async (artifact: Uint8Array): Promise<void> => {
      const good = await store().unpacked(await store().put(artifactWith(buildZip([{ name: "good", content: "good" }]))));
      const before = await readdir(dirname(good));
      await expect(store().unpacked(await store().put(artifact))).rejects.toMatchObject({
        code: "PLUGIN_INVALID",
        message: expect.stringMatching(/cannot be unpacked: ./),
        action: expect.stringMatching(/./),
      });
      expect(await readdir(dirname(good))).toEqual(before);
    };

    it.each(BAD_ENTRIES.map(([what, ...parts]) => ({ what, parts })))("$what", async ({ parts }) => {
      // The good entry comes first: whatever is wrong later takes it along.
      await refuse(artifactWith(buildZip([{ name: "first", content: "fine" }, ...parts])));
    });

    it.each(NOT_ARTIFACTS)("%s", async (_what, bytes) => {
      await refuse(bytes);
    });

    it("too many entries", async () => {
      await refuse(artifactWith(buildZip(Array.from({ length: 20_001 }, (_, index) => ({ name: `f${index}`, isStored: true })))));
    });

    it("a zip with bytes turned around where it matters, and breaks in no other way", async () => {
      const zip = buildZip([
        { name: "a/b.txt", content: "some text" },
        { name: "c", content: "stored", isStored: true },
      ]);
      const change = fc.tuple(fc.nat({ max: zip.length - 1 }), fc.integer({ min: 1, max: 255 }));
      const property = fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const damaged = Buffer.from(zip);
        for (const [offset, bits] of changes) damaged[offset] = (damaged[offset] ?? 0) ^ bits;
        const sha256 = await store().put(artifactWith(damaged));
        const directory = await store()
          .unpacked(sha256)
          .catch((error: unknown) => {
            expect(error).toMatchObject({ code: "PLUGIN_INVALID" });
          });
        if (directory !== undefined) expect(directory).toContain(sha256);
        await store().remove(sha256);
      });
      await fc.assert(property, { numRuns: 150 });
    });
  });
}
