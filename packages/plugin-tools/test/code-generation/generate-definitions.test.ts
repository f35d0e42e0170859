import { checkSchemas, type JsonObject, type SchemaDefinitions } from "@opendvp/model";
import { describe, expect, it } from "vitest";
import { generateDefinitions } from "../../src/code-generation/generate-definitions.ts";

const EMPTY: JsonObject = { type: "object", properties: {} };

function schemasWith(linkedSourceDefinition: JsonObject, changes: JsonObject = {}): SchemaDefinitions {
  const named = { type: "object", properties: { name: { type: "string" } }, identityFields: ["name"], nameField: "name" };
  const rest = { virtualSourceDefinition: EMPTY, snapshotDefinition: EMPTY, snapshotParametersDefinition: EMPTY };
  return checkSchemas({ repositoryDefinition: named, sourceConfigDefinition: named, linkedSourceDefinition, ...rest, ...changes }).schemas;
}

describe("generated definitions", () => {
  it("have one interface for each definition, with the schema's own names", async () => {
    const text = await generateDefinitions(
      schemasWith({
        type: "object",
        required: ["dSourceType"],
        properties: {
          dSourceType: { enum: ["full", "delta"] },
          "odd name": { type: "number" },
          list: { type: "array", items: { type: "object", properties: { mPath: { type: "string" } } } },
        },
      }),
    );
    expect(text).toContain('dSourceType: "full" | "delta"'.replace('"full" | "delta"', '("full" | "delta")'));
    expect(text).toMatch(/"odd name"\?: number/);
    expect(text).toMatch(/list\?: \{\n {4}mPath\?: string\n {2}\}\[\]/);
    for (const type of [
      "RepositoryDefinition",
      "SourceConfigDefinition",
      "LinkedSourceDefinition",
      "VirtualSourceDefinition",
      "SnapshotDefinition",
      "SnapshotParametersDefinition",
    ]) {
      expect(text).toContain(`export interface ${type} {`);
    }
  });

  it("are closed: a name that the schema does not have does not compile", async () => {
    expect(await generateDefinitions(schemasWith(EMPTY))).not.toContain("[k: string]");
    expect(await generateDefinitions(schemasWith({ ...EMPTY, additionalProperties: { type: "integer" } }))).toContain(
      "[k: string]: number",
    );
  });

  it("turn the platform's references into named types, and declare them only where they are used", async () => {
    const reference = { $ref: "https://delphix.com/platform/api#/definitions/passwordCredentialsSupplier" };
    const text = await generateDefinitions(schemasWith({ type: "object", properties: { account: reference } }));
    expect(text).toContain("account?: PasswordCredentialsSupplier");
    expect(text).toContain("export interface NamedPasswordCredential");
    expect(await generateDefinitions(schemasWith(EMPTY))).not.toContain("Credential");
  });

  it("keep equally named local definitions of two schemas apart", async () => {
    const withLocal = (type: string): JsonObject => ({
      type: "object",
      properties: { it: { $ref: "#/definitions/part" } },
      definitions: { part: { type: "object", properties: { it: { type } } } },
    });
    const text = await generateDefinitions(schemasWith(withLocal("string"), { virtualSourceDefinition: withLocal("boolean") }));
    expect(text).toMatch(/interface LinkedSourceDefinitionPart \{\n {2}it\?: string/);
    expect(text).toMatch(/interface VirtualSourceDefinitionPart \{\n {2}it\?: boolean/);
  });

  it("may be recursive", async () => {
    const text = await generateDefinitions(
      schemasWith({ type: "object", properties: { next: { $ref: "#" }, properties: { type: "string" } } }),
    );
    expect(text).toContain("next?: LinkedSourceDefinition");
    expect(text).toContain("properties?: string");
  });

  it("take no word of the author's for code", async () => {
    const text = await generateDefinitions(
      schemasWith({
        type: "object",
        title: "Evil",
        properties: { a: { type: "string", tsType: "import('x')", description: "*/ export const injected = 1 /*" } },
      }),
    );
    expect(text).not.toMatch(/import\(|interface Evil/);
    expect(text).not.toMatch(/^\s*export const injected/m);
    expect(text).toContain("a?: string");
  });

  it("are the same text for the same schemas", async () => {
    const schemas = schemasWith({ type: "object", properties: { a: { type: "string" } } });
    expect(await generateDefinitions(schemas)).toBe(await generateDefinitions(structuredClone(schemas)));
  });
});
