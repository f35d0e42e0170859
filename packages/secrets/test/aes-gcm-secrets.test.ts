import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AesGcmSecrets } from "@opendvp/secrets";

const secrets = new AesGcmSecrets(randomBytes(32));

describe("AesGcmSecrets", () => {
  it("opens what it sealed, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (plaintext) => {
        expect(secrets.open(secrets.seal(plaintext))).toBe(plaintext);
      }),
    );
  });

  it("seals the same text differently each time, and never readably", () => {
    const texts = new Set(Array.from({ length: 100 }, () => secrets.seal("correct horse")));
    expect(texts.size).toBe(100);
    for (const text of texts) {
      expect(text).toMatch(/^v1:[A-Za-z0-9_-]+$/);
      expect(Buffer.from(text.slice(3), "base64url").toString("latin1")).not.toContain("horse");
    }
  });

  it("refuses a text in which any one character was changed", () => {
    const sealed = secrets.seal("top secret");
    for (let index = 0; index < sealed.length; index += 1) {
      for (const other of ["A", "z", "_"]) {
        const changed = sealed.slice(0, index) + other + sealed.slice(index + 1);
        if (changed !== sealed) expect(() => secrets.open(changed)).toThrow(expect.objectContaining({ code: "SECRET_UNREADABLE" }));
      }
    }
  });

  it("refuses a text that was cut, prolonged, or never was one of ours", () => {
    const sealed = secrets.seal("top secret");
    for (const text of [
      "",
      "v1:",
      "v1:AAAA",
      "v2:" + sealed.slice(3),
      sealed.slice(3),
      sealed.slice(0, -4),
      sealed + "AAAA",
      sealed + "\n",
      "plain",
    ]) {
      expect(() => secrets.open(text), text).toThrow(expect.objectContaining({ code: "SECRET_UNREADABLE" }));
    }
  });

  it("refuses what was sealed under another key, without repeating it", () => {
    const sealed = new AesGcmSecrets(randomBytes(32)).seal("top secret");
    let thrown: unknown;
    try {
      secrets.open(sealed);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: "SECRET_UNREADABLE", action: expect.stringContaining("key file") });
    expect(String(thrown)).not.toContain(sealed.slice(3, 12));
  });

  it("takes a key of 256 bits only", () => {
    expect(() => new AesGcmSecrets(randomBytes(16))).toThrow(/32 bytes/);
  });
});
