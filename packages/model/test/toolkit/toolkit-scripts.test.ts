import { describe, expect, it } from "vitest";
import { hasStatements, inspectToolkit, type JsonObject, type OperationName } from "../../src/index.ts";
import { toolkitWith, validToolkit } from "./valid-toolkit.ts";

describe("a script", () => {
  it.each([
    [""],
    [" \n\t"],
    ["#\n# Copyright\n"],
    ["# one line"],
    ["-- comment"],
    ["--[[ long\ncomment ]] -- more"],
    ["--[==[ ]] ]==]\n;\n"],
    ["\uFEFF#x\n"],
  ])("%j does nothing", (script) => {
    expect(hasStatements(script)).toBe(false);
  });

  it.each([
    ["return {}"],
    ["# Copyright\nreturn 1"],
    ["--[[ never closed"],
    ["--[[ a ]] x = 1"],
    ["-- c\nx = #y"],
    ["x = 1\n# no comment"],
  ])("%j does something", (script) => {
    expect(hasStatements(script)).toBe(true);
  });

  it("is looked at in time that grows with its length alone", () => {
    expect(hasStatements("-- comment\n".repeat(200_000))).toBe(false);
    expect(hasStatements(`#${" ".repeat(200_000)}\n${"\n".repeat(200_000)}`)).toBe(false);
  });
});

describe("the operations of a toolkit", () => {
  const operations = (toolkit: JsonObject): readonly OperationName[] => inspectToolkit(toolkit).toolkit?.parts.operations ?? [];
  const ALWAYS: readonly OperationName[] = [
    "discovery.repository",
    "discovery.sourceConfig",
    "virtual.configure",
    "virtual.reconfigure",
    "virtual.postSnapshot",
    "virtual.mountSpecification",
    "linked.postSnapshot",
  ];

  it("are those that need no script, where it has none", () => {
    expect(operations(validToolkit())).toEqual([...ALWAYS, "linked.mountSpecification"]);
    expect(operations(toolkitWith("linkedSourceDefinition", { type: "ToolkitLinkedDirectSource" }))).toEqual(ALWAYS);
  });

  it("do not contain discovery where the toolkit has none", () => {
    expect(operations(validToolkit({ discoveryDefinition: undefined }))).not.toContain("discovery.repository");
  });

  it.each<[string, string, OperationName]>([
    ["linkedSourceDefinition", "preSnapshot", "linked.preSnapshot"],
    ["linkedSourceDefinition", "resync", "linked.preSnapshot"],
    ["linkedSourceDefinition", "startStaging", "linked.startStaging"],
    ["linkedSourceDefinition", "stopStaging", "linked.stopStaging"],
    ["linkedSourceDefinition", "status", "linked.status"],
    ["linkedSourceDefinition", "worker", "linked.worker"],
    ["virtualSourceDefinition", "unconfigure", "virtual.unconfigure"],
    ["virtualSourceDefinition", "start", "virtual.start"],
    ["virtualSourceDefinition", "stop", "virtual.stop"],
    ["virtualSourceDefinition", "preSnapshot", "virtual.preSnapshot"],
    ["virtualSourceDefinition", "status", "virtual.status"],
    ["virtualSourceDefinition", "initialize", "virtual.initialize"],
  ])("with %s.%s are %s as well, where that script does something", (definition, script, operation) => {
    expect(operations(toolkitWith(definition, { [script]: "Fail(messages.no())" }))).toContain(operation);
    expect(operations(toolkitWith(definition, { [script]: "# nothing\n" }))).not.toContain(operation);
  });

  it("are not those of the other kind of linked source", () => {
    const direct = toolkitWith("linkedSourceDefinition", { type: "ToolkitLinkedDirectSource", worker: "x()", preSnapshot: "RunSync {}" });
    expect(operations(direct)).toContain("linked.preSnapshot");
    expect(operations(direct)).not.toContain("linked.worker");
  });
});
