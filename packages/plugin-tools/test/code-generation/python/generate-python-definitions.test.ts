import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkSchemas, type JsonObject, type SchemaDefinitions } from "@opendvp/model";
import { PYTHON_SDK_DIRECTORY } from "@opendvp/python-sdk";
import { runProcess } from "@opendvp/subprocess";
import { findPythons, PYTHON_VERSIONS } from "@opendvp/testkit";
import { describe, expect, it, test } from "vitest";
import { generatePythonDefinitions } from "../../../src/code-generation/python/generate-python-definitions.ts";

const EMPTY: JsonObject = { type: "object", properties: {} };
const NAMED: JsonObject = { type: "object", properties: { name: { type: "string" } }, identityFields: ["name"], nameField: "name" };

function schemasWith(linkedSourceDefinition: JsonObject, virtualSourceDefinition: JsonObject = EMPTY): SchemaDefinitions {
  const rest = { snapshotDefinition: EMPTY, snapshotParametersDefinition: EMPTY };
  return checkSchemas({
    repositoryDefinition: NAMED,
    sourceConfigDefinition: NAMED,
    linkedSourceDefinition,
    virtualSourceDefinition,
    ...rest,
  }).schemas;
}

const LIMITS: JsonObject = { type: "object", required: ["maxSize"], properties: { maxSize: { type: "integer" } } };
const RICH: JsonObject = {
  type: "object",
  required: ["dSourceType", "class"],
  properties: {
    dSourceType: { type: "string", enum: ["full", "ä part 😀"], prettyName: "Type" },
    class: { type: "string", default: 'it\'s "quoted" \\ ü' },
    mPath: { type: "string", format: "unixpath" },
    "1st": { type: "number", default: 1.5 },
    sourceURL: { type: "string" },
    "odd name": { type: "boolean", default: false },
    tags: { type: "array", items: { type: "string" }, default: ["a"] },
    nodes: { type: "array", items: { type: "object", properties: { mPath: { type: "string" } } } },
    limits: { ...LIMITS, default: { maxSize: 3 } },
    other: LIMITS,
    sizes: { type: "object", additionalProperties: { type: "integer" } },
    credentials: { $ref: "https://delphix.com/platform/api#/definitions/passwordCredentialsSupplier" },
  },
};

const USE = `
import json, sys
from definitions import *
made = LinkedSourceDefinition(d_source_type=u"\\u00e4 part \\U0001f600", m_path="/a", credentials={"type": "x"})
made.limits.max_size = 9
LinkedSourceDefinition("full").tags.append("b")
print(json.dumps([
    made.to_dict(), made._1st, made._class, made.source_url, made.odd_name, type(made.limits).__name__, made.limits.max_size,
    LinkedSourceDefinition("full").to_dict(), LinkedSourceDefinition("full").limits.max_size,
    type(LinkedSourceDefinition.from_dict({"other": {"maxSize": 1}, "nodes": [{"mPath": "/x"}]}).other).__name__,
    sorted(name for name in globals() if name.endswith("Definition")),
], sort_keys=True))
`;

const pythons = await findPythons();

test.for(PYTHON_VERSIONS)("generated classes are what the schemas say in Python %s", async (version, { skip }) => {
  const python = pythons.get(version);
  if (python === undefined) return skip(`needs Python ${version}`);
  const directory = await mkdtemp(join(tmpdir(), "dvp-tools-test-"));
  try {
    await writeFile(join(directory, "definitions.py"), generatePythonDefinitions(schemasWith(RICH)));
    const code = `import sys\nsys.path[:0] = sys.argv[1:]\n${USE}`;
    const { stdout, stderr } = await runProcess({
      file: python,
      args: ["-E", "-s", "-S", "-B", "-c", code, PYTHON_SDK_DIRECTORY, directory],
    });
    expect(stderr).toBe("");
    const defaults = { class: 'it\'s "quoted" \\ ü', "1st": 1.5, "odd name": false, tags: ["a"] };
    expect(JSON.parse(stdout)).toEqual([
      { ...defaults, dSourceType: "ä part 😀", mPath: "/a", credentials: { type: "x" }, limits: { maxSize: 9 } },
      1.5,
      defaults.class,
      null,
      false,
      "LinkedSourceDefinitionLimits",
      9,
      { ...defaults, dSourceType: "full", limits: { maxSize: 3 } },
      3,
      "LinkedSourceDefinitionOther",
      [
        "LinkedSourceDefinition",
        "RepositoryDefinition",
        "SnapshotDefinition",
        "SnapshotParametersDefinition",
        "SourceConfigDefinition",
        "VirtualSourceDefinition",
      ],
    ]);
  } finally {
    await rm(directory, { recursive: true });
  }
});

describe("generated classes", () => {
  it("are one for nested objects that are the same", () => {
    const text = generatePythonDefinitions(schemasWith({ type: "object", properties: { first: LIMITS, second: LIMITS } }));
    expect(text.match(/^class \w*First/gm)).toHaveLength(1);
    expect(text).not.toMatch(/^class \w*Second/m);
    expect(text).toContain('second = Property("second", {"type": "object"}, of=LinkedSourceDefinitionFirst)');
  });

  it("are refused where two properties would be one attribute", () => {
    const schemas = schemasWith({ type: "object", properties: { fooBar: { type: "string" }, foo_bar: { type: "string" } } });
    expect(() => generatePythonDefinitions(schemas)).toThrow(/fooBar and foo_bar, which are both foo_bar in Python/);
  });

  it("follow references within their definition, and leave what has several types unchecked", () => {
    const text = generatePythonDefinitions(
      schemasWith({
        type: "object",
        definitions: { port: { type: "integer", minimum: 1 } },
        properties: { port: { $ref: "#/definitions/port" }, any: { type: ["string", "integer"] }, either: { anyOf: [{ type: "string" }] } },
      }),
    );
    expect(text).toContain('port = Property("port", {"type": "integer", "minimum": 1})');
    expect(text).toContain('any = Property("any", {})');
    expect(text).toContain('either = Property("either", {})');
  });

  it("are ASCII, and the same for equal schemas", () => {
    const text = generatePythonDefinitions(schemasWith(RICH));
    expect(text).toMatch(/^[\n -~]*$/);
    expect(generatePythonDefinitions(schemasWith(RICH))).toBe(text);
  });
});
