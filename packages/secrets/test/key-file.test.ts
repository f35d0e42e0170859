import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSecrets, readKeyFile } from "@opendvp/secrets";
import { temporaryDirectory } from "./temporary-directory.ts";

const isRoot = process.geteuid?.() === 0;

async function keyFileWith(bytes: number, mode: number): Promise<string> {
  const path = join(await temporaryDirectory(), "key");
  writeFileSync(path, Buffer.alloc(bytes, 7));
  chmodSync(path, mode);
  return path;
}

describe("the key file", () => {
  it("is made at first use with 32 random bytes that only the owner can read, and nothing beside it", async () => {
    const directory = await temporaryDirectory();
    const path = join(directory, "key");
    const key = await readKeyFile(path);
    expect(key).toHaveLength(32);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path)).toEqual(Buffer.from(key));
    expect(readdirSync(directory)).toEqual(["key"]);
    expect(await readKeyFile(join(directory, "other"))).not.toEqual(key);
  });

  it("is the same key at each later use, so that secrets outlive the engine", async () => {
    const path = join(await temporaryDirectory(), "key");
    const sealed = (await openSecrets(path)).seal("kept");
    expect((await openSecrets(path)).open(sealed)).toBe("kept");
  });

  it("is made once, however many ask for it at the same time", async () => {
    const directory = await temporaryDirectory();
    const path = join(directory, "key");
    const keys = await Promise.all(Array.from({ length: 8 }, () => readKeyFile(path)));
    for (const key of keys) expect(key).toEqual(keys[0]);
    expect(readdirSync(directory)).toEqual(["key"]);
  });

  it.each([0o604, 0o640, 0o644, 0o660, 0o601])("is refused with mode %o, with the command that mends it", async (mode) => {
    const path = await keyFileWith(32, mode);
    await expect(readKeyFile(path)).rejects.toMatchObject({
      code: "SECRET_UNREADABLE",
      message: expect.stringContaining(mode.toString(8)),
      action: expect.stringContaining(`chmod 600 ${path}`),
    });
  });

  it.each([0, 31, 33])("is refused with %i bytes, and never overwritten", async (bytes) => {
    const path = await keyFileWith(bytes, 0o600);
    await expect(readKeyFile(path)).rejects.toMatchObject({ code: "SECRET_UNREADABLE" });
    expect(readFileSync(path)).toEqual(Buffer.alloc(bytes, 7));
  });

  it.skipIf(!isRoot)("is refused when it belongs to somebody else", async () => {
    const path = await keyFileWith(32, 0o600);
    chownSync(path, 65534, 65534);
    await expect(readKeyFile(path)).rejects.toMatchObject({ code: "SECRET_UNREADABLE", action: expect.stringContaining("chown") });
  });

  it("is refused when it is a directory", async () => {
    const path = join(await temporaryDirectory(), "key");
    mkdirSync(path, { mode: 0o700 });
    await expect(readKeyFile(path)).rejects.toMatchObject({ code: "SECRET_UNREADABLE" });
  });

  it("is not made where a former one is missed", async () => {
    const path = join(await temporaryDirectory(), "key");
    await expect(readKeyFile(path, { mayCreate: false })).rejects.toMatchObject({
      code: "SECRET_UNREADABLE",
      message: expect.stringContaining("missing"),
    });
    expect(existsSync(path)).toBe(false);
  });
});
