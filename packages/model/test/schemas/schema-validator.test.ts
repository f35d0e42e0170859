import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSchemaValidator, isUnixPath, recordSizeInKB, violationError, type Json } from "../../src/index.ts";

const PLATFORM = "https://delphix.com/platform/api#/definitions/";

describe("a value checked against its schema", () => {
  it("is told where it does not fit, and by which keyword", () => {
    const validate = createSchemaValidator({
      type: "object",
      required: ["name"],
      properties: {
        name: { type: "string" },
        ports: { type: "array", items: { type: "integer", maximum: 65_535 } },
        mode: { enum: ["fast", "safe"] },
      },
      additionalProperties: false,
    });
    expect(validate({ ports: [1, "two", 70_000], mode: "odd", more: 1 }).map(({ path, keyword }) => [path, keyword])).toEqual(
      expect.arrayContaining([
        [[], "required"],
        [[], "additionalProperties"],
        [["ports", 1], "type"],
        [["ports", 2], "maximum"],
        [["mode"], "enum"],
      ]),
    );
    expect(validate({ name: "x" })).toEqual([]);
  });

  it("never appears in a message", () => {
    const secret = "correct-horse-battery";
    const schema = {
      type: "object",
      properties: { p: { type: "string", format: "password", pattern: "^x", maxLength: 3, enum: ["a"], const: "b" } },
    };
    const violations = createSchemaValidator(schema)({ p: secret });
    expect(violations.length).toBeGreaterThan(3);
    const error = violationError("PARAMETERS_INVALID", "The parameters", violations);
    expect(error.message).toContain("p must be one of");
    expect(JSON.stringify([violations, error.toShape()])).not.toContain(secret);
  });

  it("stays as it is: defaults are not filled in, types not changed", () => {
    const value = Object.freeze({ port: 1 });
    expect(
      createSchemaValidator({ type: "object", properties: { port: { type: "integer" }, mode: { type: "string", default: "fast" } } })(
        value,
      ),
    ).toEqual([]);
    expect(createSchemaValidator({ type: "object", properties: { port: { type: "string" } } })(value)).toHaveLength(1);
    expect(value).toEqual({ port: 1 });
  });

  it("may be referred to as often as wanted with the schema's own definitions", () => {
    const tree = {
      type: "object",
      properties: { left: { $ref: "#" }, right: { $ref: "#" }, leaf: { $ref: "#/definitions/leaf" } },
      definitions: { leaf: { type: "integer" } },
    };
    const validate = createSchemaValidator(tree);
    expect(validate({ left: { leaf: 1 }, right: { left: { leaf: 2 } } })).toEqual([]);
    expect(validate({ right: { left: { leaf: "x" } } })).toMatchObject([{ path: ["right", "left", "leaf"] }]);
  });

  it("is shown with at most a handful of violations", () => {
    const violations = createSchemaValidator({ type: "array", items: { type: "string" } })(Array.from({ length: 500 }, () => 1));
    expect(violationError("PARAMETERS_INVALID", "It", violations).message).toMatch(/and 480 more/);
  });
});

describe("a credentials supplier", () => {
  const password = { type: "NamedPasswordCredential", username: "u", password: "p" };
  const keyPair = { type: "NamedKeyPairCredential", privateKey: "k" };
  const cyberArk = { type: "CyberArkVaultCredential", vault: "CYBERARK_PASSWORD_VAULT-1", queryString: "Safe=a" };
  const hashiCorp = {
    type: "HashiCorpVaultCredential",
    vault: "HASHICORP_VAULT-2",
    engine: "kv",
    path: "a/b",
    usernameKey: "u",
    secretKey: "s",
  };
  const cases: readonly (readonly [supplier: string, value: Json, fits: boolean])[] = [
    ["credentialsSupplier", password, true],
    ["credentialsSupplier", keyPair, true],
    ["credentialsSupplier", cyberArk, true],
    ["credentialsSupplier", { ...hashiCorp, expectedSecretType: "any" }, true],
    ["credentialsSupplier", { ...hashiCorp, vault: "CYBERARK_PASSWORD_VAULT-1" }, false],
    ["credentialsSupplier", { type: "NamedPasswordCredential" }, false],
    ["credentialsSupplier", { type: "SomethingElse", password: "p" }, false],
    ["credentialsSupplier", { password: "p" }, false],
    ["credentialsSupplier", "p", false],
    ["passwordCredentialsSupplier", password, true],
    ["passwordCredentialsSupplier", { type: "NamedPasswordCredential", password: "p" }, true],
    ["passwordCredentialsSupplier", keyPair, false],
    ["passwordCredentialsSupplier", cyberArk, false],
    ["passwordCredentialsSupplier", { ...cyberArk, expectedSecretType: "password" }, true],
    ["passwordCredentialsSupplier", { ...cyberArk, expectedSecretType: "keyPair" }, false],
    ["keyCredentialsSupplier", keyPair, true],
    ["keyCredentialsSupplier", password, false],
    ["keyCredentialsSupplier", { ...hashiCorp, expectedSecretType: "keyPair" }, true],
    ["keyCredentialsSupplier", hashiCorp, false],
  ];

  it.each(cases)("%s with %j: %s", (supplier, value, fits) => {
    const validate = createSchemaValidator({ type: "object", properties: { it: { $ref: PLATFORM + supplier } } });
    expect(validate({ it: value }).length === 0).toBe(fits);
  });
});

describe("formats", () => {
  it("unixpath takes every well-formed absolute path", () => {
    const component = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).filter((text) => !/[\0\n\r/]/.test(text));
    fc.assert(
      fc.property(fc.array(component, { maxLength: 8 }), (components) => {
        expect(isUnixPath(`/${components.join("/")}`)).toBe(true);
        expect(isUnixPath(components.join("/"))).toBe(false);
      }),
    );
  });

  it.each(["", "relative", "./x", "~/x", "/a\0b", "/a\nb", `/${"x".repeat(256)}`, "/x".repeat(3000), "C:\\x"])(
    "unixpath does not take %j",
    (path) => {
      expect(isUnixPath(path)).toBe(false);
    },
  );

  it.each([
    ["relative", "must be an absolute path"],
    ["", "must be an absolute path"],
    ["/srv/a\nb", "must not contain a line feed (U+000A)"],
    ["/srv/a\r\nb", "must not contain a line feed (U+000A) or a carriage return (U+000D)"],
    ["/srv/a\0b", "must not contain a NUL character (U+0000)"],
    ["/x".repeat(3000), "must be shorter than 4096 bytes"],
    [`/${"x".repeat(256)}`, "must not have a name of more than 255 bytes between its slashes"],
  ])("says what is wrong with the unixpath %j", (path, message) => {
    const validate = createSchemaValidator({ type: "object", properties: { mountPath: { type: "string", format: "unixpath" } } });
    expect(validate({ mountPath: path })).toEqual([{ path: ["mountPath"], keyword: "format", message }]);
  });

  it.each([
    ["UNIX_HOST_ENVIRONMENT", "UNIX_HOST_ENVIRONMENT-3", true],
    ["UNIX_HOST_ENVIRONMENT", "HOST_USER-3", false],
    ["HOST_USER", "HOST_USER-3", true],
    ["HOST_USER", "HOST_USER-0", false],
    ["HOST_USER", "root", false],
  ])("reference to %s: %s gives %s", (referenceType, value, fits) => {
    expect(createSchemaValidator({ type: "string", format: "reference", referenceType })(value).length === 0).toBe(fits);
  });
});

describe("the record size", () => {
  it("is 8 KiB where nothing is said, else a power of two", () => {
    expect(recordSizeInKB({})).toBe(8);
    for (let size = 1; size <= 16_384; size *= 2) expect(recordSizeInKB({ recordSizeInKB: size })).toBe(size);
  });

  it.each([0, -8, 3, 32_768, 8.5, "8", true])("is never %j", (value) => {
    expect(() => recordSizeInKB({ recordSizeInKB: value })).toThrow(expect.objectContaining({ code: "PARAMETERS_INVALID" }) as Error);
  });
});
