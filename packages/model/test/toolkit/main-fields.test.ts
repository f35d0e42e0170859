import { describe, expect, it } from "vitest";
import { formatProblem, inspectToolkit, type Json, type JsonObject } from "../../src/index.ts";
import { HAS_SEEDS, mainJsonRows } from "@opendvp/testkit";
import { toolkitWith, validToolkit } from "./valid-toolkit.ts";

function problems(toolkit: JsonObject): readonly string[] {
  return inspectToolkit(toolkit).problems.map(formatProblem);
}

function warnings(toolkit: JsonObject): readonly string[] {
  const inspected = inspectToolkit(toolkit);
  expect(inspected.problems.map(formatProblem)).toEqual([]);
  return inspected.warnings.map(formatProblem);
}

describe("the fields of main.json", () => {
  it("are accepted without a word where they follow the rules", () => {
    expect(warnings(validToolkit())).toEqual([]);
  });

  it.each([["type"], ["name"], ["prettyName"], ["version"], ["hostTypes"], ["defaultLocale"], ["linkedSourceDefinition"]])(
    "%s is required",
    (field) => {
      expect(problems(validToolkit({ [field]: undefined }))).toContain(`${field}: is missing.`);
      expect(problems(validToolkit({ [field]: null }))).toContain(`${field}: is missing.`);
    },
  );

  it.each([["virtualSourceDefinition"], ["snapshotSchema"]])("%s is required, too", (field) => {
    expect(problems(validToolkit({ [field]: undefined }))).toContain(`${field}: is missing.`);
  });

  it.each([
    [{ type: "Plugin" }, 'type: must be "Toolkit".'],
    [{ prettyName: 7 }, "prettyName: must be a string."],
    [{ prettyName: " " }, "prettyName: must not be empty."],
    [{ hostTypes: [] }, "hostTypes: must be a list of one or both of UNIX, WINDOWS."],
    [{ hostTypes: ["LINUX"] }, "hostTypes: must be a list of one or both of UNIX, WINDOWS."],
    [{ hostTypes: "UNIX" }, "hostTypes: must be a list of one or both of UNIX, WINDOWS."],
    [{ hostTypes: ["UNIX", "UNIX"] }, "hostTypes: names a type of host twice."],
    [{ language: "PYTHON27" }, 'language: must be "LUA".'],
    [{ rootSquashEnabled: "yes" }, "rootSquashEnabled: must be true or false, without quotes."],
    [{ discoveryDefinition: [] }, "discoveryDefinition: must be an object."],
  ])("%j is refused", (change, expected) => {
    expect(problems(validToolkit(change as JsonObject))).toContain(expected);
  });

  it("reports everything at once", () => {
    expect(problems(validToolkit({ name: "A B", version: "1", hostTypes: [] }))).toHaveLength(3);
  });

  it("warns of a field that nobody knows, and says which was probably meant", () => {
    expect(warnings(validToolkit({ pretyName: "x" }))).toEqual([
      "pretyName: is no field of a toolkit, and thus ignored. Did you mean prettyName?",
    ]);
  });

  it("passes over what engines and tools put into toolkits that they give out", () => {
    expect(
      warnings(validToolkit({ engineApi: {}, displayName: "x", identifier: "y", reference: "APPDATA_TOOLKIT-1", namespace: null })),
    ).toEqual([]);
  });

  it("warns of a toolkit that discovers nothing", () => {
    expect(warnings(validToolkit({ discoveryDefinition: undefined }))).toEqual([expect.stringContaining("nothing can be linked")]);
  });
});

describe("the definitions of main.json", () => {
  it.each([
    ["discoveryDefinition", { type: "DiscoveryDefinition" }, 'discoveryDefinition.type: must be "ToolkitDiscoveryDefinition".'],
    ["discoveryDefinition", { repositorySchema: undefined }, "discoveryDefinition.repositorySchema: is missing."],
    ["discoveryDefinition", { sourceConfigNameField: undefined }, "discoveryDefinition.sourceConfigNameField: is missing."],
    [
      "discoveryDefinition",
      { sourceConfigSchema: "x" },
      "discoveryDefinition.sourceConfigSchema: must be a schema in an object, or a list of parameters.",
    ],
    [
      "discoveryDefinition",
      { repositoryIdentityFields: ["port"] },
      'discoveryDefinition.repositoryIdentityFields: names "port", which is no property of the schema.',
    ],
    [
      "discoveryDefinition",
      { sourceConfigNameField: "port" },
      'discoveryDefinition.sourceConfigNameField: names "port", which is no property of the schema.',
    ],
    [
      "discoveryDefinition",
      { manualSourceConfigDiscovery: 1 },
      "discoveryDefinition.manualSourceConfigDiscovery: must be true or false, without quotes.",
    ],
    [
      "linkedSourceDefinition",
      { type: "ToolkitLinkedSource" },
      'linkedSourceDefinition.type: must be "ToolkitLinkedDirectSource" or "ToolkitLinkedStagedSource".',
    ],
    ["linkedSourceDefinition", { parameters: undefined }, "linkedSourceDefinition.parameters: is missing."],
    ["linkedSourceDefinition", { parameters: { type: "array" } }, 'linkedSourceDefinition.parameters: must have "type": "object".'],
    ["linkedSourceDefinition", { status: 7 }, "linkedSourceDefinition.status: must be the text of a script."],
    ["virtualSourceDefinition", { type: "Virtual" }, 'virtualSourceDefinition.type: must be "ToolkitVirtualSource".'],
  ])("%s with %j is refused", (definition, change, expected) => {
    expect(problems(toolkitWith(definition, change as JsonObject))).toContain(expected);
  });

  it("need both discovery scripts where there is a discoveryDefinition", () => {
    expect(problems(toolkitWith("discoveryDefinition", { repositoryDiscovery: "", sourceConfigDiscovery: "-- later" }))).toEqual([
      expect.stringContaining("discoveryDefinition.repositoryDiscovery: is missing"),
      expect.stringContaining("discoveryDefinition.sourceConfigDiscovery: is missing"),
    ]);
  });

  it("may name a name field in a list of one", () => {
    const { toolkit } = inspectToolkit(toolkitWith("discoveryDefinition", { repositoryNameField: ["home"] }));
    expect(toolkit?.artifact.discoveryDefinition?.["repositoryNameField"]).toBe("home");
  });

  it("are warned about where they have members that mean nothing", () => {
    expect(warnings(toolkitWith("virtualSourceDefinition", { preSnapshoot: "" }))).toEqual([
      "virtualSourceDefinition.preSnapshoot: is no member of virtualSourceDefinition, and thus ignored. Did you mean preSnapshot?",
    ]);
  });
});

/** Values that are not of a type that the document names; lists of parameters were allowed where it says JSON Object of a schema. */
const OF_OTHER_TYPES: Readonly<Record<string, readonly Json[]>> = {
  String: [7, true, ["text"], { text: "text" }],
  "Array of strings": ["UNIX", 7, true, { UNIX: true }, [7], [["UNIX"]], [null]],
  "JSON Object": ["text", 7, true, ["text"]],
};

/** Each row's sentences stand here as the document has them; the test fails where the document says something else. */
describe.skipIf(!HAS_SEEDS)("what the document on main.json says", () => {
  const says = (field: string, sentence: string): void => {
    expect(mainJsonRows().get(field)?.description).toContain(sentence);
  };
  const rows = HAS_SEEDS ? [...mainJsonRows()].map(([field, { type }]) => [field, type] as const) : [];

  it("has a row for each of ten fields, of one of three types", () => {
    expect(rows.map(([field]) => field)).toEqual([
      ...["type", "name", "prettyName", "version", "hostTypes"],
      ...["discoveryDefinition", "linkedSourceDefinition", "virtualSourceDefinition", "snapshotSchema", "defaultLocale"],
    ]);
    expect([...new Set(rows.map(([, type]) => type))]).toEqual(Object.keys(OF_OTHER_TYPES));
  });

  it.each(rows)("%s | %s: a value of any other type is refused, by the name of the field", (field, type) => {
    for (const value of OF_OTHER_TYPES[type] ?? []) {
      const found = problems(validToolkit({ [field]: value }));
      expect(found, JSON.stringify(value)).toContainEqual(expect.stringMatching(new RegExp(`^${field}(\\[0\\](\\.\\w+)?)?: `)));
    }
  });

  it('type: "Must always be "Toolkit""', () => {
    says("type", 'Must always be "Toolkit"');
    expect(problems(validToolkit({ type: "toolkit" }))).toContain('type: must be "Toolkit".');
  });

  it("name: consists of lower-case letters and dashes, and does not begin with builtin:", () => {
    says("name", "Names can only include lower-case letters and typically use dashes to break up words.");
    says("name", 'Names cannot start with the string "builtin:"');
    expect(warnings(validToolkit({ name: "delphix-db" }))).toEqual([]);
    for (const name of ["DelphixDB", "delphix db", "délphix", "a.b", ""]) {
      expect(problems(validToolkit({ name })), name).toEqual([expect.stringMatching(/^name: must consist of lower-case letters/)]);
    }
    expect(problems(validToolkit({ name: "builtin:files" }))).toEqual([expect.stringMatching(/^name: must not begin with "builtin:"/)]);
    for (const name of ["mongo4", "my_db", "acme:db"]) {
      expect(warnings(validToolkit({ name })), name).toEqual([expect.stringMatching(/^name: has digits, underscores or colons/)]);
    }
    expect(problems(validToolkit({ name: "a".repeat(257) }))).toEqual(["name: must have at most 256 characters."]);
    expect(warnings(validToolkit({ name: "a".repeat(256) }))).toEqual([]);
  });

  it("name: uniquely identifies the toolkit, whatever its prettyName", () => {
    says("name", "This name will uniquely identify the toolkit.");
    const identities = ["One", "Other"].map((prettyName) => inspectToolkit(validToolkit({ prettyName })).toolkit?.parts.pluginId);
    expect(identities).toEqual(["acme-files", "acme-files"]);
  });

  it("discoveryDefinition, linkedSourceDefinition, virtualSourceDefinition: are specifications of their types", () => {
    for (const field of ["discoveryDefinition", "linkedSourceDefinition", "virtualSourceDefinition"]) {
      says(field, "A specification of type");
      expect(problems(toolkitWith(field, { type: "Toolkit" }))).toEqual([
        expect.stringMatching(new RegExp(`^${field}\\.type: must be "Toolkit`)),
      ]);
    }
  });

  it("prettyName: has no formatting limitations", () => {
    says("prettyName", "There are no formatting limitations on this name.");
    expect(warnings(validToolkit({ prettyName: 'Délphix "DB" <7> 數據庫' }))).toEqual([]);
  });

  it("version: has the form <major>.<minor>.<patch>", () => {
    says(
      "version",
      "<major> and <minor> are non-negative integers and <patch> can be any string of letters, numbers, hyphens, and underscores",
    );
    for (const version of ["1.0.0", "1.0.DLPX_HOTFIX-123", "0.0.0", "10.20.a-b_c"]) expect(warnings(validToolkit({ version }))).toEqual([]);
    for (const version of ["1.0", "1.0.", "1.x.0", "-1.0.0", "1.0.0.0", "1.0.a b", "v1.0.0"]) {
      expect(problems(validToolkit({ version })), version).toEqual([expect.stringMatching(/^version: must have the form <major>/)]);
    }
    expect(problems(validToolkit({ version: 1 }))).toHaveLength(1);
  });

  it('hostTypes: "Must be either" UNIX or WINDOWS; a toolkit "that supports both" names both', () => {
    // The copy of the document has lost the two names.
    says("hostTypes", "The types of hosts compatible with the scripts in the toolkit. Must be either Unix toolkits");
    says("hostTypes", "Is it quite rare to have a toolkit that supports both Unix and Windows.");
    for (const hostTypes of [["UNIX"], ["WINDOWS"], ["UNIX", "WINDOWS"]]) {
      expect(inspectToolkit(validToolkit({ hostTypes })).toolkit?.parts.hostTypes).toEqual(hostTypes);
    }
    for (const hostTypes of [["LINUX"], ["unix"], ["UNIX", "SOLARIS"], [], ["UNIX", 7]]) {
      expect(problems(validToolkit({ hostTypes })), JSON.stringify(hostTypes)).toEqual([
        "hostTypes: must be a list of one or both of UNIX, WINDOWS.",
      ]);
    }
  });

  it("snapshotSchema and defaultLocale: are there", () => {
    says("snapshotSchema", "A JSON schema outlining the metadata stored with each snapshot of data.");
    says("defaultLocale", "The default locale supported by this toolkit.");
    expect(problems(validToolkit({ snapshotSchema: { type: "nothing" } }))).toContain('snapshotSchema: must have "type": "object".');
    expect(inspectToolkit(validToolkit()).toolkit?.parts.defaultLocale).toBe("en-us");
  });
});
