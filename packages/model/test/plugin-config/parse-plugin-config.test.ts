import fc from "fast-check";
import { stringify } from "yaml";
import { describe, expect, it } from "vitest";
import { EngineError, parsePluginConfig } from "../../src/index.ts";

const VALID = {
  id: "0b1f5f5e-6f0c-4c79-9a53-4ef1c8f0a7d2",
  buildNumber: "1.0.0",
  hostTypes: ["UNIX"],
  schemaFile: "schema.json",
  srcDir: "src",
  entryPoint: "plugin:plugin",
  pluginType: "DIRECT",
  language: "TYPESCRIPT",
};

function refusal(config: string | object): EngineError {
  try {
    parsePluginConfig(typeof config === "string" ? config : stringify(config));
  } catch (thrown) {
    if (thrown instanceof EngineError) return thrown;
    throw thrown;
  }
  throw new Error("The config was accepted.");
}

describe("a plugin config", () => {
  it("that gives only what is required gets the defaults", () => {
    const { config, warnings } = parsePluginConfig(stringify(VALID));
    expect(warnings).toEqual([]);
    expect(config).toEqual({
      id: VALID.id,
      name: VALID.id,
      buildNumber: "1",
      hostTypes: ["UNIX"],
      schemaFile: "schema.json",
      srcDir: "src",
      entryPoint: "plugin:plugin",
      pluginType: "DIRECT",
      language: "TYPESCRIPT",
      defaultLocale: "en-us",
      hasManualDiscovery: true,
      isRootSquashEnabled: true,
      hasExtendedStartStopHooks: false,
    });
  });

  it("keeps everything that it gives", () => {
    const { config } = parsePluginConfig(
      stringify({
        ...VALID,
        name: "My files",
        externalVersion: "spring edition",
        hostTypes: ["WINDOWS"],
        pluginType: "STAGED",
        manualDiscovery: false,
        rootSquashEnabled: false,
        extendedStartStopHooks: true,
        defaultLocale: "de-de",
        luaName: "my-files",
        minimumLuaVersion: "1.2",
      }),
    );
    expect(config).toMatchObject({
      name: "My files",
      externalVersion: "spring edition",
      hostTypes: ["WINDOWS"],
      pluginType: "STAGED",
      hasManualDiscovery: false,
      isRootSquashEnabled: false,
      hasExtendedStartStopHooks: true,
      defaultLocale: "de-de",
      lua: { name: "my-files", minimumVersion: "1.2" },
    });
  });

  it.each(["id", "buildNumber", "schemaFile", "srcDir", "entryPoint", "pluginType", "language"])("without %s is refused", (field) => {
    expect(refusal({ ...VALID, [field]: undefined }).message).toContain(`${field}: is missing`);
  });

  it.each([
    ["id", "not-a-uuid", /must be a UUID/],
    ["id", "0b1f5f5e6f0c4c799a534ef1c8f0a7d2", /must be a UUID/],
    ["name", "  ", /must not be empty/],
    ["name", ["x"], /must be a string/],
    ["buildNumber", "1.x", /integers joined by dots/],
    ["buildNumber", "0.0", /not all of them zero/],
    ["hostTypes", "UNIX", /must be a list of exactly one of UNIX, WINDOWS/],
    ["hostTypes", [], /must be a list of exactly one/],
    ["hostTypes", ["UNIX", "WINDOWS"], /must be a list of exactly one/],
    ["hostTypes", ["SOLARIS"], /must be a list of exactly one/],
    ["schemaFile", "", /must not be empty/],
    ["srcDir", ["src"], /must be a string/],
    ["entryPoint", "plugin", /module:object/],
    ["entryPoint", "a:b:c", /module:object/],
    ["entryPoint", "../outside:plugin", /module:object/],
    ["manualDiscovery", "true", /must be true or false/],
    ["pluginType", "BOTH", /must be one of DIRECT, STAGED/],
    ["language", "PYTHON39", /must be one of PYTHON27, PYTHON38, PYTHON311, TYPESCRIPT/],
    ["rootSquashEnabled", 1, /must be true or false/],
    ["extendedStartStopHooks", "maybe", /must be true or false/],
    ["defaultLocale", "", /must not be empty/],
  ])("with %s = %j is refused", (field, value, reason) => {
    expect(refusal({ ...VALID, [field]: value }).message).toMatch(reason);
  });

  it.each(["buildNumber", "externalVersion", "minimumLuaVersion"])(
    "with an unquoted number as %s is refused with the hint to quote it",
    (field) => {
      const yaml = stringify({ ...VALID, luaName: "x", minimumLuaVersion: "1.0", [field]: undefined }) + `${field}: 1.10\n`;
      expect(refusal(yaml).message).toMatch(
        new RegExp(`${field}: must be a string, but YAML reads 1\\.10 as a number\\. Quote it: "1\\.10"\\.`),
      );
    },
  );

  it.each([
    ["luaName", "minimumLuaVersion", "my-toolkit"],
    ["minimumLuaVersion", "luaName", "1.0"],
  ])("with %s but not %s is refused", (given, missing, value) => {
    expect(refusal({ ...VALID, [given]: value }).message).toContain(`${given}: requires ${missing}`);
  });

  it.each([
    ["luaName", "My Toolkit"],
    ["minimumLuaVersion", "1"],
    ["minimumLuaVersion", "1.0.0"],
  ])("with %s = %j is refused", (field, value) => {
    expect(refusal({ ...VALID, luaName: "t", minimumLuaVersion: "1.0", [field]: value }).message).toContain(`${field}: must`);
  });

  it("names file and line of every problem at once", () => {
    const yaml = `# mine\n${stringify({ ...VALID, id: "x", language: "COBOL" })}`;
    const error = refusal(yaml);
    expect(error.code).toBe("PLUGIN_INVALID");
    expect(error.details["problems"]).toMatchObject([
      { file: "plugin_config.yml", line: 2, where: "id" },
      { file: "plugin_config.yml", line: 10, where: "language" },
    ]);
  });

  it("with an unknown field is refused with the field that was meant", () => {
    expect(refusal({ ...VALID, rootSquashEnable: true }).message).toContain("Did you mean rootSquashEnabled?");
    expect(refusal({ ...VALID, colour: "red" }).message).toContain("colour: is no field of a plugin config. Remove it.");
  });

  it("of former times is accepted with warnings", () => {
    const { config, warnings } = parsePluginConfig(
      stringify({ ...VALID, buildNumber: undefined, hostTypes: undefined, version: "0.1.0", prettyName: "Mine" }),
    );
    expect(config).toMatchObject({ buildNumber: "0.1", hostTypes: ["UNIX"] });
    expect(warnings.map(({ where }) => where)).toEqual(["version", "prettyName", "hostTypes"]);
  });

  it("that gives a field twice is accepted with a warning, and the last one counts", () => {
    const { config, warnings } = parsePluginConfig(`${stringify(VALID)}pluginType: STAGED\n`);
    expect(config.pluginType).toBe("STAGED");
    expect(warnings).toMatchObject([{ where: "pluginType", line: 10 }]);
  });

  it.each(["", "- a\n- b\n", "just text", "a: [1\n", "\tx: 1", "a: &a [1]\nb: *nothing\n"])("of other YAML (%j) is refused", (text) => {
    expect(refusal(text).code).toBe("PLUGIN_INVALID");
  });

  it("with aliases that multiply is refused without being expanded", () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `x${String(level)}: &x${String(level)} [*x${String(level - 1)}, *x${String(level - 1)}]`,
    );
    expect(refusal(["x-1: &x-1 [1]", ...levels].join("\n")).code).toBe("PLUGIN_INVALID");
  });

  it("is either accepted or refused with PLUGIN_INVALID, whatever it holds", () => {
    const field = fc.constantFrom(...Object.keys(VALID), "name", "luaName", "version", "__proto__");
    fc.assert(
      fc.property(fc.dictionary(field, fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(VALID)))), (config) => {
        try {
          expect(parsePluginConfig(stringify(config)).config.buildNumber).toMatch(/^\d/);
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: "PLUGIN_INVALID" });
        }
      }),
    );
  });
});
