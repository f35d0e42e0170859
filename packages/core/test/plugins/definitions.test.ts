import { REDACTED, type JsonObject } from "@opendvp/model";
import { EXAMPLES } from "@opendvp/testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Plugin } from "../../src/entities/plugin.ts";
import { Definitions, type DefinitionOf } from "../../src/plugins/definitions.ts";
import { redactSealed } from "../../src/plugins/sealing.ts";
import { testSecrets } from "../bench/test-secrets.ts";

const ORIGIN = { code: "PARAMETERS_INVALID", what: "The parameters of vdb1" } as const;

const schema: JsonObject = {
  type: "object",
  properties: {
    port: { type: "integer", maximum: 65535 },
    password: { type: "string", format: "password" },
    accounts: {
      type: "array",
      items: { type: "object", properties: { user: { type: "string" }, password: { type: "string", format: "password" } } },
    },
    pin: { format: "password" },
  },
};

function at(definition: JsonObject = schema): DefinitionOf {
  const plugin: Plugin = { ...EXAMPLES.plugin, schemas: { ...EXAMPLES.plugin.schemas, virtualSourceDefinition: definition } };
  return { plugin, definition: "virtualSourceDefinition" };
}

const definitions = new Definitions(testSecrets());

test("a value that does not fit is refused with path and keyword, never with what it holds", () => {
  const value = { port: 123456, password: "hunter2" };
  expect(() => definitions.accept(at(), value, ORIGIN)).toThrow(
    expect.objectContaining({ code: "PARAMETERS_INVALID", message: expect.stringMatching(/vdb1.*port/s) as string }) as Error,
  );
  try {
    definitions.accept(at(), { password: 5, port: "hunter2" }, ORIGIN);
  } catch (error) {
    expect(JSON.stringify([error, (error as Error).message])).not.toContain("hunter2");
  }
  expect(() => definitions.accept(at({}), [1], ORIGIN)).toThrow(expect.objectContaining({ code: "PARAMETERS_INVALID" }) as Error);
});

test("secrets are sealed whatever their type, and a plugin gets them as they were", () => {
  const value = { port: 1, password: "hunter2", pin: { code: 4711 }, accounts: [{ user: "a", password: "pa" }] };
  const stored = definitions.accept(at(), value, ORIGIN);
  expect(JSON.stringify(stored)).not.toMatch(/hunter2|4711|"pa"/);
  expect(definitions.open(stored)).toEqual(value);
});

test("a secret that comes back blanked out stays what it was; a new one takes its place", () => {
  const former = definitions.accept(at(), { port: 1, password: "old", pin: 7 }, ORIGIN);
  const shown = redactSealed(former);
  expect(shown).toEqual({ port: 1, password: REDACTED, pin: REDACTED });
  const kept = definitions.acceptChange(at(), { next: { ...shown, port: 2 }, former }, ORIGIN);
  expect(definitions.open(kept)).toEqual({ port: 2, password: "old", pin: 7 });
  const changed = definitions.acceptChange(at(), { next: { ...shown, password: "new" }, former }, ORIGIN);
  expect(definitions.open(changed)).toEqual({ port: 1, password: "new", pin: 7 });
});

test("in a list a secret goes with its own item, wherever that is now, and with no other", () => {
  const accounts = [
    { user: "a", password: "pa" },
    { user: "b", password: "pb" },
    { user: "b", password: "pb2" },
    { user: "c", password: "pc" },
  ];
  const former = definitions.accept(at(), { accounts }, ORIGIN);
  const hidden = (user: string): JsonObject => ({ user, password: REDACTED });
  const change = (next: readonly JsonObject[]) =>
    definitions.open(definitions.acceptChange(at(), { next: { accounts: next }, former }, ORIGIN));
  expect(change(["a", "b", "b", "c"].map(hidden))).toEqual({ accounts });
  expect(change(["c", "b", "a"].map(hidden))).toEqual({ accounts: [accounts[3], accounts[1], accounts[0]] });
  // Renamed in its place.
  expect(change(["a", "b", "b", "z"].map(hidden))).toEqual({
    accounts: [accounts[0], accounts[1], accounts[2], { user: "z", password: "pc" }],
  });
  expect(() => change([hidden("a"), hidden("b"), hidden("b"), hidden("c"), hidden("d")])).toThrow("accounts[4].password is blanked out");
  expect(() => change([hidden("z"), hidden("a")])).toThrow("accounts[0].password is blanked out");
});

test("blanked-out text where no secret belongs is just a text", () => {
  const free = at({ type: "object", properties: { note: { type: "string" } } });
  expect(definitions.acceptChange(free, { next: { note: REDACTED }, former: {} }, ORIGIN)).toEqual({ note: REDACTED });
});

test("what is shown can be sent back as it is: nothing changes", () => {
  const anyAccount = fc.record({ user: fc.constantFrom("a", "b"), password: fc.string() }, { requiredKeys: [] });
  const anyParameters = fc.record(
    { port: fc.integer({ max: 65535 }), password: fc.string(), accounts: fc.array(anyAccount, { maxLength: 4 }), pin: fc.jsonValue() },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(anyParameters, (value) => {
      const parameters = JSON.parse(JSON.stringify(value)) as JsonObject;
      const former = definitions.accept(at(), parameters, ORIGIN);
      const again = definitions.acceptChange(at(), { next: redactSealed(former), former }, ORIGIN);
      expect(definitions.open(again)).toStrictEqual(parameters);
    }),
  );
});

const CHAIN = Object.fromEntries(
  Array.from({ length: 30 }, (_, index) => {
    const next = { $ref: `#/definitions/a${index + 1}` };
    return [`a${index}`, { anyOf: [next, next] }];
  }),
);

test.each<[string, JsonObject, JsonObject]>([
  ["a pattern that explodes", { properties: { port: { type: "string", pattern: "^(a+)+$" } } }, { port: `${"a".repeat(60)}b` }],
  ["a pattern of names", { patternProperties: { "^(a+)+$": { type: "string" } } }, { [`${"a".repeat(60)}b`]: "x" }],
  [
    "references that branch",
    { properties: { port: { $ref: "#/definitions/a0" } }, definitions: { ...CHAIN, a30: { type: "integer" } } },
    { port: "x" },
  ],
])("a schema with %s costs the engine two seconds and its plugin the check", (_what, definition, value) => {
  const beganAt = performance.now();
  expect(() => new Definitions(testSecrets()).accept(at(definition), value, ORIGIN)).toThrow(
    expect.objectContaining({
      code: "PLUGIN_LIMIT",
      message: "The parameters of vdb1 cannot be checked within 2 s: the virtualSourceDefinition of directory 1.0 takes longer.",
    }) as Error,
  );
  expect(performance.now() - beganAt).toBeLessThan(10_000);
});

test("a value that is nested deeper than can be checked is refused as one that does not fit", () => {
  const tree: JsonObject = { type: "object", properties: { port: { $ref: "#" } } };
  let value: JsonObject = {};
  for (let depth = 0; depth < 50_000; depth += 1) value = { port: value };
  expect(() => new Definitions(testSecrets()).accept(at(tree), value, ORIGIN)).toThrow(
    expect.objectContaining({
      code: "PARAMETERS_INVALID",
      message: expect.stringContaining("is nested too deep to be checked") as string,
    }) as Error,
  );
});

test("what was compiled for an artifact goes with it, and so does the oldest where there are too many", () => {
  const many = new Definitions(testSecrets());
  const of = (artifact: string): DefinitionOf => ({ ...at({}), plugin: { ...at({}).plugin, artifact } });
  many.accept(of("a"), {}, ORIGIN);
  many.accept(of("b"), {}, ORIGIN);
  expect(many.keptCount).toBe(2);
  many.forget("a");
  many.forget("unknown");
  expect(many.keptCount).toBe(1);
  for (let number = 0; number < 600; number += 1) many.accept(of(`n${number}`), {}, ORIGIN);
  expect(many.keptCount).toBe(500);
});
