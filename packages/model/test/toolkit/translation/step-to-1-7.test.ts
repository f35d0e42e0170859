import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/index.ts";
import { stepTo1_6 } from "../../../src/toolkit/translation/step-to-1-6.ts";
import { stepTo1_7 } from "../../../src/toolkit/translation/step-to-1-7.ts";
import { toolkitOf1_5 } from "./toolkit-of-1-5.ts";
import { translatedBy } from "./translated-by.ts";

const toolkitOf1_6 = (): JsonObject => translatedBy(stepTo1_6, toolkitOf1_5()).toolkit;
const string = (name: string): JsonObject => ({ type: "DynamicStringParameter", name });

describe("the step from 1.6 to 1.7", () => {
  it("makes JSON Schemas of the lists of parameters", () => {
    const { toolkit } = translatedBy(stepTo1_7, toolkitOf1_6());
    expect(toolkit).toMatchObject({
      linkedSourceDefinition: { parameters: { type: "object", additionalProperties: false, properties: { excludes: { type: "string" } } } },
      virtualSourceDefinition: { parameters: { properties: { port: { type: "integer", prettyName: "Port", default: 1234 } } } },
    });
  });

  it("and of the lists in the discovery definition and in the snapshot schema", () => {
    const discoveryDefinition = {
      type: "ToolkitDiscoveryDefinition",
      repositorySchema: [string("home")],
      sourceConfigSchema: [string("path")],
      repositoryIdentityFields: ["home"],
    };
    const { toolkit } = translatedBy(stepTo1_7, { ...toolkitOf1_6(), discoveryDefinition, snapshotSchema: [string("id")] });
    expect(toolkit).toMatchObject({
      discoveryDefinition: {
        repositorySchema: { properties: { home: { type: "string" } } },
        sourceConfigSchema: { properties: { path: { type: "string" } } },
        repositoryIdentityFields: ["home"],
      },
      snapshotSchema: { properties: { id: { type: "string" } } },
    });
  });

  it("fills in what 1.7 asks for, and says so", () => {
    const { toolkit, warnings } = translatedBy(stepTo1_7, toolkitOf1_6());
    expect(toolkit).toMatchObject({
      version: "1.0.0",
      defaultLocale: "en-us",
      messages: [],
      snapshotSchema: { type: "object", properties: {} },
    });
    expect(warnings).toEqual([
      "version: did not exist in toolkits of that time; 1.0.0 is assumed.",
      "defaultLocale: did not exist in toolkits of that time; en-us is assumed.",
      expect.stringMatching(/^virtualSourceDefinition\.provision: is run as configure and as reconfigure/),
    ]);
    expect(translatedBy(stepTo1_7, { ...toolkitOf1_6(), version: "3.1.0", defaultLocale: "fr" }).toolkit).toMatchObject({
      version: "3.1.0",
      defaultLocale: "fr",
    });
  });

  it("makes configure and reconfigure of provision, which give a source config and keep their lines", () => {
    const virtual = translatedBy(stepTo1_7, toolkitOf1_6()).toolkit["virtualSourceDefinition"] as JsonObject;
    expect(virtual["provision"]).toBeUndefined();
    expect(virtual["unconfigure"]).toBe("");
    expect(virtual["configure"]).toBe("local provisioned = (function() \nRunCommand { }\nend)()\nreturn provisioned or {}");
    expect(virtual["reconfigure"]).toBe(virtual["configure"]);
  });

  it("makes nothing of a provision that does nothing, and keeps scripts that are there", () => {
    const of = (changes: JsonObject): unknown =>
      translatedBy(stepTo1_7, { ...toolkitOf1_6(), virtualSourceDefinition: changes }).toolkit["virtualSourceDefinition"];
    expect(of({ provision: "-- later" })).toMatchObject({ configure: "return {}", reconfigure: "return {}" });
    expect(of({ provision: "x()", configure: "return y" })).toMatchObject({ configure: "return y" });
    expect(of({ start: "s()" })).toEqual({ start: "s()" });
  });

  it.each(["", null, "-- later"])("keeps a provision where configure and reconfigure do nothing: %j", (nothing) => {
    const virtualSourceDefinition = { provision: "x()", configure: nothing, reconfigure: nothing };
    const script = expect.stringContaining("x()") as unknown;
    expect(translatedBy(stepTo1_7, { ...toolkitOf1_6(), virtualSourceDefinition }).toolkit["virtualSourceDefinition"]).toMatchObject({
      configure: script,
      reconfigure: script,
    });
  });

  it("refuses a provision that is no text, and parameters that are none, by their places", () => {
    const toolkit = { ...toolkitOf1_6(), virtualSourceDefinition: { provision: {}, parameters: [{ type: "DynamicList" }] } };
    expect(translatedBy(stepTo1_7, toolkit).problems).toEqual([
      expect.stringMatching(/^virtualSourceDefinition\.parameters\[0\]\.type/),
      expect.stringMatching(/^virtualSourceDefinition\.parameters\[0\]\.name/),
      "virtualSourceDefinition.provision: must be the text of a script.",
    ]);
  });
});
