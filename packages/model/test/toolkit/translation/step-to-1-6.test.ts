import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/index.ts";
import { stepTo1_6 } from "../../../src/toolkit/translation/step-to-1-6.ts";
import { toolkitOf1_5 } from "./toolkit-of-1-5.ts";
import { translatedBy } from "./translated-by.ts";

const virtualWith = (changes: JsonObject, hostTypes = ["UNIX"]): JsonObject => {
  const toolkit = toolkitOf1_5();
  const virtualSourceDefinition = { ...(toolkit["virtualSourceDefinition"] as JsonObject), ...changes };
  return translatedBy(stepTo1_6, { ...toolkit, hostTypes, virtualSourceDefinition }).toolkit["virtualSourceDefinition"] as JsonObject;
};

describe("the step from 1.5 to 1.6", () => {
  it("calls preSync and postSync as they are called since", () => {
    const { linkedSourceDefinition } = translatedBy(stepTo1_6, toolkitOf1_5()).toolkit as { linkedSourceDefinition: JsonObject };
    expect(linkedSourceDefinition).toMatchObject({ preSnapshot: "RunSync { }", postSnapshot: "return {}" });
    expect(Object.keys(linkedSourceDefinition)).not.toContain("preSync");
  });

  it.each([{ preSnapshot: "" }, { preSnapshot: null }, { preSnapshot: "# none\n-- yet" }])(
    "keeps preSync where the new name does nothing: %j",
    (changes) => {
      const linkedSourceDefinition = { preSync: "RunSync { }", ...changes };
      const { toolkit } = translatedBy(stepTo1_6, { ...toolkitOf1_5(), linkedSourceDefinition });
      expect(toolkit["linkedSourceDefinition"]).toEqual({ preSnapshot: "RunSync { }" });
    },
  );

  it("lets the new name count where it does something, or is no text, which is told later", () => {
    for (const preSnapshot of ["RunBash { }", 7]) {
      const linkedSourceDefinition = { preSync: "RunSync { }", preSnapshot };
      const { toolkit } = translatedBy(stepTo1_6, { ...toolkitOf1_5(), linkedSourceDefinition });
      expect(toolkit["linkedSourceDefinition"]).toMatchObject({ preSnapshot });
    }
  });

  it("takes environmentVariable from every parameter, and says which the scripts no longer get", () => {
    const { toolkit, warnings } = translatedBy(stepTo1_6, toolkitOf1_5());
    expect(
      JSON.stringify([toolkit["linkedSourceDefinition"], (toolkit["virtualSourceDefinition"] as JsonObject)["parameters"]]),
    ).not.toMatch(/environmentVariable/);
    expect(warnings).toEqual([
      expect.stringMatching(/^linkedSourceDefinition\.parameters: gives scripts the environment variables EXCLUDES/),
      expect.stringMatching(/^virtualSourceDefinition\.parameters: gives scripts the environment variables DB_PORT/),
    ]);
    expect((toolkit["virtualSourceDefinition"] as JsonObject)["parameters"]).toEqual([
      { type: "ToolkitParameter", parameter: { type: "DynamicIntegerParameter", name: "port", prettyName: "Port" }, default: "1234" },
    ]);
  });

  it("makes a Lua status of the status script: exit code 0 is ACTIVE, 128 INACTIVE, another UNKNOWN", () => {
    const { status, statusScript } = virtualWith({});
    expect(statusScript).toBeUndefined();
    expect(status).toMatch(/^return RunBash \{/);
    expect(status).toContain("0) printf '\"ACTIVE\"'");
    expect(status).toContain("128) printf '\"INACTIVE\"'");
    expect(status).toContain("*) printf '\"UNKNOWN\"'");
    expect(status).toContain('outputSchema = { type = "string"');
  });

  it("hands the script what it found in its environment: the parameters' variables included", () => {
    const { status } = virtualWith({});
    expect(status).toContain('["DLPX_DATA_DIRECTORY"] = source.dataDirectory');
    expect(status).toContain('["DB_PORT"] = parameters["port"]');
    expect(status).toContain('test -e "$DLPX_DATA_DIRECTORY/up:$DB_PORT" || exit 128\n]=]');
  });

  it("keeps a script that looks like the end of a Lua text", () => {
    const { status } = virtualWith({ statusScript: "a=[=[\nb]=]\nc]==]" });
    expect(status).toContain("[===[\na=[=[\nb]=]\nc]==]]===]");
  });

  it("runs the script in PowerShell where the toolkit is for Windows alone", () => {
    expect(virtualWith({ statusScript: "exit 0" }, ["WINDOWS"])["status"]).toMatch(/^return RunPowerShell \{/);
  });

  it("leaves a Lua status alone, and makes none of an empty script", () => {
    expect(virtualWith({ status: 'return "ACTIVE"' })).toMatchObject({ status: 'return "ACTIVE"' });
    expect(virtualWith({ status: 7 })).toMatchObject({ status: 7 });
    expect(virtualWith({ statusScript: "\n" })["status"]).toBeUndefined();
  });

  it("refuses a status script that is no text", () => {
    const toolkit = { ...toolkitOf1_5(), virtualSourceDefinition: { statusScript: 7 } };
    expect(translatedBy(stepTo1_6, toolkit).problems).toEqual(["virtualSourceDefinition.statusScript: must be the text of a script."]);
  });

  it("leaves all else as it is, and what is no toolkit at all", () => {
    const { toolkit } = translatedBy(stepTo1_6, toolkitOf1_5());
    const { linkedSourceDefinition: _linked, virtualSourceDefinition: _virtual, ...rest } = toolkitOf1_5();
    expect(toolkit).toMatchObject(rest);
    expect(translatedBy(stepTo1_6, { linkedSourceDefinition: 1, virtualSourceDefinition: null }).toolkit).toEqual({
      linkedSourceDefinition: 1,
      virtualSourceDefinition: null,
    });
  });
});
