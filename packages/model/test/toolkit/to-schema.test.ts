import { describe, expect, it } from "vitest";
import { formatProblem, type Json } from "../../src/index.ts";
import { SchemaFindings } from "../../src/schemas/rules/findings.ts";
import { environmentVariables, toSchema } from "../../src/toolkit/parameters/to-schema.ts";

function converted(parameters: Json): { schema: Json | undefined; problems: readonly string[]; warnings: readonly string[] } {
  const findings = new SchemaFindings({});
  const schema = toSchema(parameters, ["parameters"], findings);
  return { schema, problems: findings.problems.map(formatProblem), warnings: findings.warnings.map(formatProblem) };
}

const property = (parameter: Json): unknown => {
  const { schema, problems } = converted([parameter]);
  expect(problems).toEqual([]);
  return Object.values((schema as { properties: object }).properties)[0];
};

describe("an old list of parameters as a schema", () => {
  it("is an object of these properties and no others, in their order", () => {
    const parameters = ["zeta", "alpha", "mid"].map((name) => ({ type: "DynamicStringParameter", name }));
    const { schema } = converted(parameters);
    expect(schema).toMatchObject({ type: "object", additionalProperties: false });
    expect(Object.keys((schema as { properties: object }).properties)).toEqual(["zeta", "alpha", "mid"]);
    expect(converted([]).schema).toEqual({ type: "object", additionalProperties: false, properties: {} });
  });

  it.each([
    [
      { type: "DynamicStringParameter", name: "a", prettyName: "A", description: "An a" },
      { type: "string", prettyName: "A", description: "An a" },
    ],
    [{ type: "DynamicIntegerParameter", name: "a" }, { type: "integer" }],
    [{ type: "DynamicBooleanParameter", name: "a" }, { type: "boolean" }],
    [
      { type: "DynamicPasswordParameter", name: "a" },
      { type: "string", format: "password" },
    ],
    [
      { type: "DynamicEnumParameter", name: "a", enumValues: ["x", "y", "x"] },
      { type: "string", enum: ["x", "y"] },
    ],
  ])("%j becomes %j", (parameter, expected) => {
    expect(property(parameter)).toEqual(expected);
  });

  it.each([
    ["DynamicIntegerParameter", "1234", 1234],
    ["DynamicIntegerParameter", "-5", -5],
    ["DynamicIntegerParameter", 27017, 27017],
    ["DynamicBooleanParameter", "true", true],
    ["DynamicBooleanParameter", "False", false],
    ["DynamicBooleanParameter", true, true],
    ["DynamicStringParameter", "1234", "1234"],
    ["DynamicStringParameter", "", ""],
  ])("the default of a %s, %j, becomes %j", (type, preset, expected) => {
    expect(property({ type: "ToolkitParameter", parameter: { type, name: "a" }, default: preset })).toMatchObject({ default: expected });
  });

  it.each([
    [["text"], /^parameters\[0\]: must be a parameter/],
    [[{ type: "DynamicStringParameter" }], /^parameters\[0\]\.name: must be the parameter's name/],
    [[{ type: "DynamicStrngParameter", name: "a" }], /^parameters\[0\]\.type: .*Did you mean DynamicStringParameter\?/],
    [[{ type: "ToolkitParameter" }], /^parameters\[0\]\.parameter: must be a parameter/],
    [[{ type: "DynamicEnumParameter", name: "a" }], /^parameters\[0\]\.enumValues: must be a list of texts/],
    [
      [{ type: "ToolkitParameter", parameter: { type: "DynamicIntegerParameter", name: "a" }, default: "1.5" }],
      /^parameters\[0\]\.default: must be a whole number/,
    ],
    [[{ type: "DynamicStringParameter", name: "a", default: {} }], /^parameters\[0\]\.default: must be a text/],
    [[{ type: "DynamicBooleanParameter", name: "a", default: "yes" }], /^parameters\[0\]\.default: must be true or false/],
    [
      [{ type: "DynamicEnumParameter", name: "a", enumValues: ["x"], default: "y" }],
      /^parameters\[0\]\.default: must be one of enumValues/,
    ],
    [
      [
        { type: "DynamicStringParameter", name: "a" },
        { type: "DynamicStringParameter", name: "a" },
      ],
      /^parameters\[1\]: has the name "a" a second time/,
    ],
  ])("%j is refused", (parameters, expected) => {
    expect(converted(parameters).problems).toEqual([expect.stringMatching(expected)]);
  });

  it("keeps what only some parameters say: that they are required", () => {
    const parameters = [
      { type: "DynamicStringParameter", name: "a", required: true },
      { type: "DynamicStringParameter", name: "b", required: false },
    ];
    expect(converted(parameters).schema).toMatchObject({ required: ["a"] });
  });

  it("warns of what nobody knows", () => {
    expect(converted([{ type: "DynamicStringParameter", name: "a", hint: "x" }]).warnings).toEqual([
      "parameters[0].hint: is unknown, and thus ignored.",
    ]);
  });

  it("is made of lists only: a schema stays as it is", () => {
    const schema = { type: "object", properties: {} };
    expect(converted(schema)).toEqual({ schema, problems: [], warnings: [] });
    expect(toSchema(undefined, [], new SchemaFindings({}))).toBeUndefined();
  });

  it("gives a property called __proto__ like any other", () => {
    const { schema } = converted([{ type: "DynamicStringParameter", name: "__proto__" }]);
    expect(Object.keys((schema as { properties: object }).properties)).toEqual(["__proto__"]);
  });
});

describe("environment variables of the oldest form", () => {
  it("are found with the parameter that each holds", () => {
    const parameter = { type: "DynamicIntegerParameter", name: "port" };
    expect(environmentVariables([{ type: "ToolkitParameter", parameter, environmentVariable: "PORT" }, { parameter }, null])).toEqual([
      { variable: "PORT", name: "port" },
    ]);
    expect(environmentVariables({})).toEqual([]);
  });
});
