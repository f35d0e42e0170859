import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EngineError, REDACTED, SecretMask, type Json } from "../../src/index.ts";

/** A mask's own character is left out: a secret made of it could arise from two masks side by side. */
const anySecret = fc.string({ unit: "grapheme", minLength: 4, maxLength: 40 }).filter((text) => !text.includes("*") && text.length >= 4);
const anyText = fc.string({ unit: "grapheme", maxLength: 40 });
const anyWriting = fc.constantFrom<(secret: string) => string>(
  (secret) => secret,
  (secret) => JSON.stringify({ secret }),
  (secret) => JSON.stringify([secret]),
  (secret) => encodeURIComponent(secret),
  (secret) => new URLSearchParams({ password: secret }).toString(),
  (secret) => Buffer.from(secret).toString("base64"),
  (secret) => Buffer.from(secret).toString("base64url"),
);

const KEY = [
  "-----BEGIN OPENSSH PRIVATE KEY-----",
  "b3BlbnNzaC1rZXktdjEAAAAA",
  "QyNTUxOQAAACDx+/J8vP",
  "-----END OPENSSH PRIVATE KEY-----",
  "",
];

test("no secret is left in a text, wherever and however often it stands there", () => {
  const anyPieces = fc.array(fc.oneof(anyText, fc.nat(9)), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(anySecret, { minLength: 1, maxLength: 10 }), anyPieces, (secrets, pieces) => {
      const text = pieces.map((piece) => (typeof piece === "string" ? piece : (secrets[piece % secrets.length] ?? ""))).join("");
      const masked = new SecretMask(secrets).text(text);
      for (const secret of secrets) expect(masked).not.toContain(secret);
    }),
  );
});

test("a secret is found escaped and encoded, as a whole", () => {
  fc.assert(
    fc.property(anySecret, anyWriting, anyText, (secret, write, before) => {
      const mask = new SecretMask([secret]);
      fc.pre(mask.text(before) === before && !/[\ud800-\udfff]/u.test(secret));
      expect(mask.text(`${before} ${write(secret)}`)).toContain(REDACTED);
      expect(mask.text(write(secret))).not.toContain(write(secret));
    }),
  );
});

test("a text in which one is found is one that is masked", () => {
  fc.assert(
    fc.property(anySecret, anyWriting, anyText, (secret, write, before) => {
      const mask = new SecretMask([secret]);
      for (const text of [before, `${before} ${write(secret)}`]) expect(mask.finds(text)).toBe(mask.text(text) !== text);
    }),
  );
});

test("a secret is found in the base64 of a longer text", () => {
  fc.assert(
    fc.property(anySecret, anyText, anyText, (secret, before, after) => {
      fc.pre(![secret, before, after].some((text) => /[\ud800-\udfff]/u.test(text)));
      const encoded = Buffer.from(`${before}${secret}${after}`).toString("base64");
      expect(new SecretMask([secret]).text(encoded)).toContain(REDACTED);
    }),
  );
});

test("what is no secret stays as it is", () => {
  fc.assert(
    fc.property(anySecret, anyText, anyText, (secret, before, after) => {
      const mask = new SecretMask([secret]);
      fc.pre(mask.text(before) === before && mask.text(after) === after);
      fc.pre((before + secret + after).split(secret).length === 2 && !(before + secret).slice(0, -1).includes(secret));
      expect(mask.text(`${before}\u0000${secret}\u0000${after}`)).toBe(`${before}\u0000${REDACTED}\u0000${after}`);
    }),
  );
});

test("secrets that overlap leave nothing of each other", () => {
  expect(new SecretMask(["abcd", "cdefgh"]).text("x abcdefgh y")).toBe(`x ${REDACTED} y`);
});

test("what is too short to be told from other words is left alone", () => {
  const mask = new SecretMask(["", "a", "abc", 12]);
  expect(mask.text("a cab has abc on 12 doors")).toBe("a cab has abc on 12 doors");
});

test("each line of a key is a secret, its first and last, which all keys have, are none", () => {
  const mask = new SecretMask([KEY.join("\n")]);
  expect(mask.text(`seen ${KEY[2]}!`)).toBe(`seen ${REDACTED}!`);
  expect(mask.text(KEY[0] ?? "")).toBe(KEY[0]);
  expect(mask.text(JSON.stringify({ key: KEY.join("\n") }))).not.toContain(KEY[1]);
});

test("a quoted secret is found in what bash traces", () => {
  expect(new SecretMask(["it's me"]).text("+ login 'it'\\''s me'")).toBe(`+ login '${REDACTED}'`);
});

test("a secret is found as a form writes it, in escapes of either case", () => {
  const mask = new SecretMask(["it's (mine) ~ ü!"]);
  expect(mask.text("p=it%27s+%28mine%29+%7E+%C3%BC%21")).toBe(`p=${REDACTED}`);
  expect(mask.text("p=it%27s%20%28mine%29%20%7e%20%c3%bc%21")).toBe(`p=${REDACTED}`);
});

test("every text and number of a secret value counts, and is found anywhere in JSON", () => {
  const mask = new SecretMask([{ pin: 471147, words: ["hunter2"] }]);
  const value: Json = { said: ["my hunter2"], hunter2: 1, code: 471147, port: 5432, none: null };
  expect(mask.json(value)).toEqual({ said: [`my ${REDACTED}`], [REDACTED]: 1, code: REDACTED, port: 5432, none: null });
});

describe("an error", () => {
  const mask = new SecretMask(["hunter2"]);

  test("that tells nothing is passed on as it is", () => {
    const error = new EngineError("INTERNAL", "No route", { details: { port: 22 }, cause: new Error("ENETUNREACH") });
    expect(mask.error(error)).toBe(error);
  });

  test.each([
    ["message", new EngineError("PLUGIN_BUG", "pw hunter2")],
    ["action", new EngineError("PLUGIN_BUG", "", { action: "Try hunter2." })],
    ["details", new EngineError("PLUGIN_BUG", "", { details: { output: "pw=hunter2", seen: [{ hunter2: true }] } })],
    ["cause", new EngineError("PLUGIN_BUG", "", { cause: new Error("a", { cause: new EngineError("INTERNAL", "hunter2") }) })],
    ["cause that is no error", new EngineError("PLUGIN_BUG", "", { cause: "hunter2" })],
  ])("is masked in its %s", (_where, error) => {
    const masked = mask.error(error);
    expect(masked.code).toBe("PLUGIN_BUG");
    const [first, second] = [masked.cause as Error | undefined, (masked.cause as Error | undefined)?.cause as Error | undefined];
    const shown = [masked.toShape(), masked.stack, first, first?.stack, first?.message, second?.stack, second?.message];
    expect(JSON.stringify(shown)).not.toContain("hunter2");
    expect(JSON.stringify(shown)).toContain(REDACTED);
  });
});
