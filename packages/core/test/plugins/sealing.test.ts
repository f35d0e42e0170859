import { inspect } from "node:util";
import { isJsonObject, REDACTED, type Json, type JsonPath } from "@opendvp/model";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openSealed, redactSealed, sealAt } from "../../src/plugins/sealing.ts";
import { testSecrets } from "../bench/test-secrets.ts";

const secrets = testSecrets();

/** JSON in which a user has put what looks like our own marks. */
const anyValue = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(REDACTED), fc.constant(secrets.seal('"stolen"'))),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "$sealed", "__proto__", "password"), tie("value"), { maxKeys: 3 }),
    tie("value").map((held) => ({ $sealed: held })),
  ),
})).value;

/** A value and some places in it. */
const anyPlaces = anyValue.chain((value) => fc.record({ value: fc.constant(value), paths: fc.subarray([...pathsIn(value)]) }));

function* pathsIn(value: Json, path: JsonPath = []): Iterable<JsonPath> {
  yield path;
  if (Array.isArray(value)) for (const [index, item] of (value as readonly Json[]).entries()) yield* pathsIn(item, [...path, index]);
  else if (isJsonObject(value)) for (const [name, member] of Object.entries(value)) yield* pathsIn(member ?? null, [...path, name]);
}

test("what was sealed comes back as it was, wherever its secrets are and whatever it looks like", () => {
  fc.assert(
    fc.property(anyPlaces, ({ value, paths }) => {
      const stored = throughCatalog(sealAt(secrets, value, paths));
      expect(openSealed(secrets, stored)).toStrictEqual(throughCatalog(value));
    }),
    { numRuns: 1000 },
  );
});

test("nothing of a secret is in what is stored or shown", () => {
  fc.assert(
    fc.property(anyValue, fc.uuid(), (around, secret) => {
      const value = { around, credentials: [{ password: secret }], whole: { user: "x", key: secret } };
      const stored = throughCatalog(sealAt(secrets, value, [["credentials", 0, "password"], ["whole"]]));
      expect(JSON.stringify(stored)).not.toContain(secret);
      expect(redactSealed(stored)).toStrictEqual(throughCatalog({ around, credentials: [{ password: REDACTED }], whole: REDACTED }));
    }),
  );
});

test("an object of a user's own that looks like a secret is never opened as one, and never lost", () => {
  const stolen = secrets.seal('"a secret of somebody else"');
  const value = { password: "mine", note: { $sealed: stolen }, list: [{ $sealed: [stolen] }, { $sealed: { $sealed: stolen } }] };
  const stored = throughCatalog(sealAt(secrets, value, [["password"]]));
  expect(openSealed(secrets, stored)).toEqual(value);
  expect(redactSealed(stored)).toEqual({ ...value, password: REDACTED });
});

test("a member that is absent does not make an object into something else", () => {
  const value = { note: { $sealed: "x", other: undefined } };
  const stored = throughCatalog(sealAt(secrets, value, []));
  expect(openSealed(secrets, stored)).toEqual({ note: { $sealed: "x" } });
});

test("two seals of the same secret differ, and a changed one is refused", () => {
  const one = sealAt(secrets, "word", [[]]) as { readonly $sealed: string };
  expect(sealAt(secrets, "word", [[]])).not.toEqual(one);
  const at = one.$sealed.length - 8;
  const changed = `${one.$sealed.slice(0, at)}${one.$sealed[at] === "A" ? "B" : "A"}${one.$sealed.slice(at + 1)}`;
  expect(() => openSealed(secrets, { $sealed: changed })).toThrow(expect.objectContaining({ code: "SECRET_UNREADABLE" }) as Error);
});

test("a secret that was sealed in another way is refused without a word of it", () => {
  const stored = { password: { $sealed: secrets.seal("hunter2") } };
  const refusal = refusalOf(() => openSealed(secrets, stored));
  expect(refusal).toMatchObject({ code: "SECRET_UNREADABLE" });
  expect(inspect(refusal)).not.toMatch(/hunter/);
});

function refusalOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

/** As the catalog gives it back. */
function throughCatalog(value: Json): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
