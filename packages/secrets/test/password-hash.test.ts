import { describe, expect, it } from "vitest";
import { ScryptPasswordHasher, hashApiKey, hashPassword, newApiKey, verifyPassword } from "@opendvp/secrets";

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };

describe("password hashes", () => {
  it("cost what the design asks for", async () => {
    const hash = await hashPassword("correct horse");
    expect(hash).toMatch(/^scrypt\$131072\$8\$1\$[A-Za-z0-9_-]{22}\$[A-Za-z0-9_-]{43}$/);
    expect(await verifyPassword("correct horse", hash)).toBe(true);
    expect(await verifyPassword("correct horsf", hash)).toBe(false);
  });

  it("differ for the same password", async () => {
    expect(await hashPassword("same", CHEAP)).not.toBe(await hashPassword("same", CHEAP));
  });

  it("are checked with the cost that they were made with", async () => {
    expect(await verifyPassword("old", await hashPassword("old", { N: 2 ** 11, r: 4, p: 2 }))).toBe(true);
  });

  it("do not mind how a letter was composed", async () => {
    expect(await verifyPassword("caf\u00e9", await hashPassword("cafe\u0301", CHEAP))).toBe(true);
  });

  it("fail with any bit of salt or hash changed", async () => {
    const hash = await hashPassword("secret", CHEAP);
    const [head, salt = "", rest = ""] = [hash.slice(0, hash.indexOf("$1$") + 3), hash.split("$")[4], hash.split("$")[5]];
    const flipped = (text: string): string => (text.startsWith("A") ? "B" : "A") + text.slice(1);
    expect(await verifyPassword("secret", `${head}${flipped(salt)}$${rest}`)).toBe(false);
    expect(await verifyPassword("secret", `${head}${salt}$${flipped(rest)}`)).toBe(false);
  });

  it.each([
    "",
    "scrypt$",
    "plain",
    "scrypt$1$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "scrypt$1000$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "scrypt$16777216$99$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "bcrypt$131072$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  ])("say so when they are damaged: %j", async (hash) => {
    await expect(verifyPassword("any", hash)).rejects.toMatchObject({ code: "SECRET_UNREADABLE" });
  });
});

describe("ScryptPasswordHasher", () => {
  it("works through many requests one at a time, a failed one included", async () => {
    const hasher = new ScryptPasswordHasher(CHEAP);
    const finished: number[] = [];
    const note = (index: number) => () => finished.push(index);
    const hash = await hasher.hash("a");
    await Promise.all([
      hasher.verify("a", hash).then(note(0)),
      hasher.verify("a", "damaged").catch(note(1)),
      hasher.hash("b").then(note(2)),
      hasher.verify("b", hash).then(note(3)),
    ]);
    expect(finished).toEqual([0, 1, 2, 3]);
    expect(await hasher.verify("a", hash)).toBe(true);
    expect(await hasher.verify("b", hash)).toBe(false);
  });
});

describe("API keys", () => {
  it("are never alike, and are kept as a hash", () => {
    const keys = Array.from({ length: 50 }, newApiKey);
    expect(new Set(keys).size).toBe(50);
    expect(new Set(keys.map(hashApiKey)).size).toBe(50);
    for (const key of keys) {
      expect(key).toMatch(/^dvp_[A-Za-z0-9_-]{43}$/);
      expect(hashApiKey(key)).toMatch(/^[0-9a-f]{64}$/);
    }
  });
});
