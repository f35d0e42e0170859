import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findReferences, findSecrets, mapSecrets, type Json, type JsonObject } from "../../src/index.ts";

const SECRET: JsonObject = { type: "string", format: "password" };
const SUPPLIER: JsonObject = { $ref: "https://delphix.com/platform/api#/definitions/credentialsSupplier" };

function object(properties: JsonObject, beside: JsonObject = {}): JsonObject {
  return { type: "object", properties, ...beside };
}

describe("secrets in a value", () => {
  const cases: readonly (readonly [where: string, schema: JsonObject, value: Json, paths: readonly (readonly (string | number)[])[]])[] = [
    ["a property", object({ user: { type: "string" }, password: SECRET }), { user: "u", password: "s" }, [["password"]]],
    ["a nested object", object({ a: object({ b: SECRET }) }), { a: { b: "s" } }, [["a", "b"]]],
    [
      "every element of an array",
      object({ list: { type: "array", items: object({ p: SECRET }) } }),
      { list: [{ p: "s" }, {}, { p: "t" }] },
      [
        ["list", 0, "p"],
        ["list", 2, "p"],
      ],
    ],
    ["a tuple and what follows it", { items: [{}, SECRET], additionalItems: SECRET }, ["x", "s", "t"], [[1], [2]]],
    ["members by pattern", { patternProperties: { "^secret": SECRET } }, { secretA: "s", other: "x" }, [["secretA"]]],
    ["further members", object({ a: { type: "string" } }, { additionalProperties: SECRET }), { a: "x", b: "s" }, [["b"]]],
    [
      "every branch, fitting or not",
      { oneOf: [object({ kind: { const: "a" }, x: SECRET }), object({ kind: { const: "b" }, y: SECRET })] },
      { kind: "a", x: "s", y: "t" },
      [["x"], ["y"]],
    ],
    ["conditions", { if: {}, then: object({ x: SECRET }), else: object({ y: SECRET }) }, { x: "s", y: "t" }, [["x"], ["y"]]],
    ["dependencies", { dependencies: { a: object({ b: SECRET }) } }, { a: 1, b: "s" }, [["b"]]],
    ["local definitions", { ...object({ a: { $ref: "#/definitions/p" } }), definitions: { p: SECRET } }, { a: "s" }, [["a"]]],
    [
      "definitions with odd names",
      { ...object({ a: { $ref: "#/definitions/p~1q%20r" } }), definitions: { "p/q r": SECRET } },
      { a: "s" },
      [["a"]],
    ],
    ["recursion", object({ next: { $ref: "#" }, p: SECRET }), { next: { next: { p: "s" } } }, [["next", "next", "p"]]],
    [
      "a password credential",
      object({ c: SUPPLIER }),
      { c: { type: "NamedPasswordCredential", username: "u", password: "s" } },
      [["c", "password"]],
    ],
    [
      "a key pair",
      object({ c: SUPPLIER }),
      { c: { type: "NamedKeyPairCredential", privateKey: "s", publicKey: "k" } },
      [["c", "privateKey"]],
    ],
    [
      "a list of suppliers",
      { items: object({ c: SUPPLIER }) },
      [{ c: { type: "NamedPasswordCredential", password: "s" } }],
      [[0, "c", "password"]],
    ],
    [
      "nothing of a vault",
      object({ c: SUPPLIER }),
      { c: { type: "HashiCorpVaultCredential", vault: "HASHICORP_VAULT-1", engine: "e", path: "p", secretKey: "k" } },
      [],
    ],
    ["a value of a wrong type", object({ p: SECRET }), { p: { deep: ["s"] } }, [["p"]]],
    ["a list where an object should be", object({ p: SECRET }), ["s"], []],
    ["a reference that leads in a circle", { allOf: [{ $ref: "#" }, object({ p: SECRET })] }, { p: "s" }, [["p"]]],
    ["a secret inside a secret once", object({ p: { format: "password", properties: { q: SECRET } } }), { p: { q: "s" } }, [["p"]]],
  ];

  it.each(cases)("are found in %s", (_, ...[schema, value, paths]) => {
    const found = findSecrets(schema, value).map((path) => JSON.stringify(path));
    expect(found.sort()).toEqual(paths.map((path) => JSON.stringify(path)).sort());
  });

  it("can all be replaced, and nothing else changes", () => {
    const schema = object({ a: SECRET, b: { type: "array", items: object({ c: SECRET, d: { type: "string" } }) } });
    const value = { a: "one", b: [{ c: "two", d: "kept" }], e: "kept" };
    expect(mapSecrets(schema, value, () => "***")).toEqual({ a: "***", b: [{ c: "***", d: "kept" }], e: "kept" });
    expect(value.a).toBe("one");
  });

  it("never survive a replacement, wherever the schema puts them", () => {
    const shape = fc.letrec<{ node: JsonObject }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        fc.constant(SECRET),
        fc.dictionary(fc.constantFrom("a", "b", "c/d", "~"), tie("node"), { maxKeys: 3 }).map((properties) => object(properties)),
        tie("node").map((items): JsonObject => ({ type: "array", items })),
        fc.tuple(tie("node"), tie("node")).map((branches): JsonObject => ({ anyOf: branches })),
      ),
    })).node;
    fc.assert(
      fc.property(shape, (schema) => {
        const masked = mapSecrets(schema, instance(schema), () => "***");
        expect(JSON.stringify(masked)).not.toContain("hunter2");
      }),
    );
  });
});

/** A value with a secret wherever the schema has one; of two branches, the first. */
function instance(schema: JsonObject): Json {
  const { format, properties, items, anyOf } = schema as {
    format?: string;
    properties?: Record<string, JsonObject>;
    items?: JsonObject;
    anyOf?: JsonObject[];
  };
  if (format === "password") return "hunter2";
  if (items !== undefined) return [instance(items), instance(items)];
  if (anyOf?.[0] !== undefined) return instance(anyOf[0]);
  return Object.fromEntries(Object.entries(properties ?? {}).map(([name, property]) => [name, instance(property)]));
}

describe("references in a value", () => {
  it("are found with their type and what they must match", () => {
    const schema = object({
      hosts: { type: "array", items: { type: "string", format: "reference", referenceType: "UNIX_HOST_ENVIRONMENT" } },
      user: { type: "string", format: "reference", referenceType: "HOST_USER", matches: "environment" },
      credentials: SUPPLIER,
    });
    const value = {
      hosts: ["UNIX_HOST_ENVIRONMENT-1"],
      user: "HOST_USER-2",
      credentials: { type: "HashiCorpVaultCredential", vault: "HASHICORP_VAULT-3" },
    };
    expect(findReferences(schema, value)).toEqual(
      expect.arrayContaining([
        { path: ["hosts", 0], referenceType: "UNIX_HOST_ENVIRONMENT", reference: "UNIX_HOST_ENVIRONMENT-1" },
        { path: ["user"], referenceType: "HOST_USER", reference: "HOST_USER-2", matches: "environment" },
        { path: ["credentials", "vault"], referenceType: "HashiCorpVault", reference: "HASHICORP_VAULT-3" },
      ]),
    );
  });
});
