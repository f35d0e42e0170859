import { describe, expect, it } from "vitest";
import { DEFINITION_NAMES, EngineError, parseSchemas } from "../../src/index.ts";
import { validSchemas } from "./valid-schemas.ts";

function parse(schemas: unknown): ReturnType<typeof parseSchemas> {
  return parseSchemas(JSON.stringify(schemas, undefined, 2));
}

function refusal(schemas: unknown): EngineError {
  try {
    parse(schemas);
  } catch (thrown) {
    if (thrown instanceof EngineError) return thrown;
    throw thrown;
  }
  throw new Error("The schemas were accepted.");
}

/** A linked source with one property. */
function linked(property: object, beside: object = {}): Record<string, unknown> {
  return validSchemas({ linkedSourceDefinition: { type: "object", properties: { it: property, ...beside } } });
}

describe("a schema file", () => {
  it("with the six definitions is accepted, the naming keywords taken out", () => {
    const { schemas, repository, sourceConfig, warnings } = parse(validSchemas());
    expect(warnings).toEqual([]);
    expect(Object.keys(schemas)).toEqual([...DEFINITION_NAMES]);
    expect(repository).toEqual({ identityFields: ["installPath"], nameField: "installPath" });
    expect(sourceConfig).toEqual({ identityFields: ["name"], nameField: "name" });
    expect(JSON.stringify(schemas)).not.toMatch(/identityFields|nameField/);
  });

  it("may write nameField as a list of one", () => {
    const schemas = validSchemas();
    (schemas["repositoryDefinition"] as Record<string, unknown>)["nameField"] = ["installPath"];
    expect(parse(schemas).repository.nameField).toBe("installPath");
  });

  it.each(DEFINITION_NAMES.slice(0, 5))("without %s is refused", (name) => {
    expect(refusal(validSchemas({ [name]: undefined })).message).toContain(`${name}: is missing`);
  });

  it("without snapshotParametersDefinition is told of a resync as before there were any, with a warning", () => {
    const { schemas, warnings } = parse(validSchemas({ snapshotParametersDefinition: undefined }));
    expect(schemas.snapshotParametersDefinition).toEqual({
      type: "object",
      additionalProperties: false,
      properties: { resync: { type: "boolean" } },
    });
    expect(warnings).toMatchObject([{ where: "snapshotParametersDefinition" }]);
  });

  it("with a seventh definition is refused", () => {
    expect(refusal(validSchemas({ snapshotParamsDefinition: {} })).message).toContain("Did you mean snapshotParametersDefinition?");
  });

  it.each([
    ["identityFields", undefined, /lacks identityFields/],
    ["identityFields", [], /must be a list of property names, at least one/],
    ["identityFields", "installPath", /must be a list of property names/],
    ["identityFields", ["elsewhere"], /names "elsewhere", which is no property/],
    ["identityFields", ["installPath", "installPath"], /names a property twice/],
    ["identityFields", ["toString"], /names "toString", which is no property/],
    ["nameField", undefined, /lacks nameField/],
    ["nameField", ["installPath", "version"], /must name one property/],
    ["nameField", "elsewhere", /names "elsewhere", which is no property/],
    ["nameField", "count", /whose type is not string/],
    ["nameField", "secret", /which is secret/],
    ["identityFields", ["secret"], /which is secret/],
  ])("whose repository has %s = %j is refused", (keyword, value, reason) => {
    const properties = {
      installPath: { type: "string" },
      version: { type: "string" },
      count: { type: "integer" },
      secret: { type: "string", format: "password" },
    };
    const repository = { type: "object", properties, identityFields: ["installPath"], nameField: "installPath", [keyword]: value };
    expect(refusal(validSchemas({ repositoryDefinition: repository })).message).toMatch(reason);
  });

  const PASSWORD = { type: "string", format: "password" };
  it.each([
    ["itself", PASSWORD],
    ["in a property", { type: "object", properties: { inner: { type: "object", properties: { pin: PASSWORD } } } }],
    ["in an element", { type: "array", items: PASSWORD }],
    ["in a branch", { anyOf: [{ type: "integer" }, { oneOf: [PASSWORD] }] }],
    ["behind a reference", { $ref: "#/definitions/login" }],
    ["behind a platform's reference", { $ref: "https://delphix.com/platform/api#/definitions/credentialsSupplier" }],
  ])("whose objects are told apart by a secret %s is refused", (_where, key) => {
    const definitions = { login: { type: "object", properties: { pin: PASSWORD, again: { $ref: "#/definitions/login" } } } };
    const properties = { name: { type: "string" }, key };
    for (const definition of ["repositoryDefinition", "sourceConfigDefinition"]) {
      const schema = { type: "object", definitions, properties, identityFields: ["name", "key"], nameField: "name" };
      expect(refusal(validSchemas({ [definition]: schema })).message).toMatch(/names "key", which is secret or holds a secret/);
    }
  });

  it("whose objects are told apart by what a branch makes a secret is refused", () => {
    const branch = { properties: { name: PASSWORD } };
    const schema = {
      type: "object",
      properties: { name: { type: "string" } },
      allOf: [branch],
      identityFields: ["name"],
      nameField: "name",
    };
    expect(refusal(validSchemas({ repositoryDefinition: schema })).message).toMatch(/identityFields: names "name", which is secret/);
  });

  it("whose secrets are not among what tells objects apart is taken", () => {
    const definitions = { login: { type: "object", properties: { name: PASSWORD } } };
    const properties = { name: { type: "string" }, login: { $ref: "#/definitions/login" } };
    const schema = { type: "object", definitions, properties, identityFields: ["name"], nameField: "name" };
    expect(parse(validSchemas({ sourceConfigDefinition: schema })).sourceConfig.identityFields).toEqual(["name"]);
  });

  it.each(DEFINITION_NAMES.slice(2))("with naming keywords in %s is refused", (name) => {
    const definition = { type: "object", properties: { a: { type: "string" } }, nameField: "a" };
    expect(refusal(validSchemas({ [name]: definition })).message).toContain(`${name}.nameField: is allowed only in`);
  });

  it("names the line of what is wrong", () => {
    const text = JSON.stringify(linked({ type: "strnig" }), undefined, 2);
    const line = text.split("\n").findIndex((content) => content.includes("strnig")) + 1;
    expect(() => parseSchemas(text, "my.json")).toThrow(
      new RegExp(`my\\.json:${String(line)}: linkedSourceDefinition\\.properties\\.it\\.type`),
    );
  });

  it.each([
    [{ type: "string", minLength: "3" }, /must be integer/],
    [{ type: "object", required: "x" }, /must be array/],
    [{ type: "string", format: "reference" }, /needs a referenceType/],
    [{ type: "string", format: "reference", referenceType: "HOST" }, /needs a referenceType/],
    [{ type: "string", referenceType: "HOST_USER" }, /is allowed only with "format": "reference"/],
    [{ type: "string", format: "reference", referenceType: "HOST_USER", matches: "nothing" }, /must name a property beside it/],
    [{ type: "integer", format: "password" }, /"password" needs "type": "string"/],
    [{ $ref: "#/definitions/missing" }, /leads nowhere/],
    [{ $ref: "https://delphix.com/platform/api#/definitions/unknown" }, /leads nowhere/],
    [{ $ref: "https://example.com/schema.json" }, /leads nowhere/],
    [{ type: "object", $id: "https://example.com/moved" }, /would move what references mean/],
    [{ type: "string", pattern: "(" }, /has the pattern "\(", which is no regular expression/],
    [{ type: "string", prettyName: 3 }, /prettyName: must be a string/],
    [{ type: "object", ordering: "a" }, /ordering: must be a list/],
    [{ type: "string", dxFormProperties: [] }, /must be an object/],
    [{ type: "integer", dxFormProperties: { rows: 3 } }, /rows: is for the types string/],
    [{ type: "string", dxFormProperties: { rows: 0 } }, /must be a whole number above 0/],
    [{ type: "string", dxFormProperties: { collapsible: true } }, /is for the types object and array/],
    [{ type: "object", dxFormProperties: { expanded: "yes" } }, /must be true or false/],
    [{ type: "string", dxFormProperties: { validationMessages: "no" } }, /an object of messages/],
    [{ type: "string", dxFormProperties: { validationMessages: { pattern: 1 } } }, /pattern: must be a string/],
    [{ type: "string", dxFormProperties: { hideExpression: true } }, /an expression in a string/],
    [{ type: "string", dxFormProperties: { hideExpression: "process.exit()" } }, /cannot be read/],
  ])("with the property %j is refused", (property, reason) => {
    expect(refusal(linked(property)).message).toMatch(reason);
  });

  it.each([
    [{}, /has no type, so that it stays untyped/],
    [{ type: ["string", "null"] }, /has several types/],
    [{ anyOf: [{ type: "string" }] }, /uses anyOf/],
    [{ type: "string", not: { const: "x" } }, /uses not/],
    [{ type: "string", format: "unix-path" }, /"unix-path" is unknown.*Did you mean "unixpath"\?/],
    [{ type: "string", format: "password", default: "x" }, /a secret that everyone/],
    [{ type: "object", ordering: ["a"] }, /names "a", which is no property here/],
    [{ type: "string", dxFormProperties: { hideExpresion: "model.it" } }, /Did you mean hideExpression\?/],
    [{ type: "string", dxFormProperties: { validationMessages: { maxLength: "x" } } }, /is no keyword that has a message/],
    [{ type: "string", dxFormProperties: { hideExpression: "!model.other" } }, /looks at other, which is no property there/],
    [{ type: "string", dxFormProperties: { hideExpression: "field.parent.parent.model?.it" } }, /goes up further than the definition/],
  ])("with the property %j is accepted with a warning", (property, reason) => {
    const { warnings } = parse(linked(property));
    expect(warnings.map(({ message, action }) => `${message} ${action ?? ""}`).join()).toMatch(reason);
  });

  it.each([
    ["itself", { type: "object", $ref: "#" }, "linkedSourceDefinition"],
    ["itself in a branch", { type: "object", allOf: [{ anyOf: [{ $ref: "#" }] }] }, "linkedSourceDefinition"],
    ["its own place", { type: "object", properties: { it: { $ref: "#/properties/it" } } }, "linkedSourceDefinition.properties.it"],
    [
      "what leads back to it",
      { type: "object", definitions: { a: { $ref: "#/definitions/b" }, b: { if: { $ref: "#/definitions/a" } } } },
      "linkedSourceDefinition.definitions.a",
    ],
    ["itself where another property is there", { type: "object", dependencies: { a: { $ref: "#" } } }, "linkedSourceDefinition"],
  ])("that refers, for the same value, to %s is refused with the place", (_what, linkedSourceDefinition, place) => {
    expect(refusal(validSchemas({ linkedSourceDefinition })).message).toMatch(
      new RegExp(`: ${place.replaceAll(".", "\\.")}: refers to itself for the same value, and so never ends`),
    );
  });

  it.each([
    { type: "object", properties: { left: { $ref: "#" }, right: { type: "array", items: { $ref: "#" } } } },
    { type: "object", allOf: [{ $ref: "#/definitions/a" }, { $ref: "#/definitions/a" }], definitions: { a: { type: "object" } } },
  ])("that refers to itself for another value, or twice to the same, is accepted: %j", (linkedSourceDefinition) => {
    expect(parse(validSchemas({ linkedSourceDefinition })).schemas.linkedSourceDefinition).toEqual(linkedSourceDefinition);
  });

  it("with every extension in its place is accepted without a warning", () => {
    const environment = { type: "string", format: "reference", referenceType: "UNIX_HOST_ENVIRONMENT" };
    const nested = {
      type: "object",
      properties: {
        zone: { type: "string", dxFormProperties: { hideExpression: "field.parent.parent.model?.it === 'x' && !model.other" } },
        other: { type: "string" },
      },
      ordering: ["other", "zone"],
      dxFormProperties: { collapsible: true, expanded: false },
    };
    const { warnings } = parse(
      linked(
        {
          type: "string",
          prettyName: "It",
          description: "What it is",
          minLength: 3,
          condition: "tolerated",
          dxFormProperties: { rows: 4, validationMessages: { minLength: "Too short" }, hideExpression: "!model.nested" },
        },
        {
          nested,
          environment,
          user: { type: "string", format: "reference", referenceType: "HOST_USER", matches: "environment" },
          list: { type: "array", items: { ...nested, properties: { other: { type: "string" } }, ordering: ["other"] } },
          credentials: { $ref: "https://delphix.com/platform/api#/definitions/credentialsSupplier" },
          recordSizeInKB: { type: "integer", enum: [1, 8, 16_384], default: 8 },
        },
      ),
    );
    expect(warnings).toEqual([]);
  });

  it.each([{ type: "number" }, { type: "integer", default: 12 }, { type: "integer", enum: [8, 32_768] }])(
    "with recordSizeInKB %j is refused",
    (property) => {
      expect(refusal(linked({ type: "string" }, { recordSizeInKB: property })).message).toContain("recordSizeInKB");
    },
  );

  it("whose resync is no boolean is refused", () => {
    const parameters = { type: "object", properties: { resync: { type: "string" } } };
    expect(refusal(validSchemas({ snapshotParametersDefinition: parameters })).message).toContain("resync: must be a boolean");
  });

  it("that gives a member twice is accepted with a warning", () => {
    const text = JSON.stringify(validSchemas()).replace('"port":', '"port":{"type":"string"},"port":');
    expect(parseSchemas(text).warnings).toMatchObject([{ where: "sourceConfigDefinition.properties.port" }]);
  });

  it.each(["", "[]", "null", "{", '"text"'])("that holds %j is refused", (text) => {
    expect(() => parseSchemas(text)).toThrow(expect.objectContaining({ code: "PLUGIN_INVALID" }) as Error);
  });
});
