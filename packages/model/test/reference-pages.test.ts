import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { ARTIFACT_LIMITS, createArtifact, DEFINITION_NAMES, checkSchemas, type JsonObject } from "../src/index.ts";
import { CONFIG_FIELDS } from "../src/plugin-config/config-fields.ts";
import { REFERENCE_FORMS } from "../src/schemas/formats.ts";
import { PLATFORM_SCHEMA } from "../src/schemas/platform-definitions.ts";
import { MAIN_FIELDS } from "../src/toolkit/main-fields.ts";
import { LINKED_SCRIPTS, VIRTUAL_SCRIPTS } from "../src/toolkit/toolkit-scripts.ts";
import { TRANSLATION_STEPS } from "../src/toolkit/translation/translate-toolkit.ts";
import { validSchemas } from "./schemas/valid-schemas.ts";

function page(name: string): string {
  return readFileSync(resolve(import.meta.dirname, "../../../docs/reference", name), "utf8");
}

describe("the reference pages", () => {
  it("have a row for every field of a plugin config, and say which are required", () => {
    const text = page("plugin-config.md");
    for (const [field, { isRequired }] of Object.entries(CONFIG_FIELDS)) {
      // hostTypes is required by the rules and forgiven by the reader.
      const required = isRequired || field === "hostTypes" ? "yes" : "no";
      expect(text).toMatch(new RegExp(`\\| \`${field}\`\\s*\\| ${required}\\s*\\|`));
    }
  });

  it("have a row for every field of a toolkit's main.json, and say which are required", () => {
    const text = page("toolkits.md");
    const builtIn = ["resources", "buildApi", "upgradeDefinition"];
    for (const [field, { isRequired }] of Object.entries(MAIN_FIELDS)) {
      if (builtIn.includes(field)) expect(text).toContain(`\`${field}\``);
      else expect(text).toMatch(new RegExp(`\\| \`${field}\`\\s*\\| ${isRequired ? "yes" : "no"}\\s*\\|`));
    }
  });

  it("tell every step of a toolkit's translation, and every script", () => {
    const text = page("toolkits.md");
    for (const { from, to } of TRANSLATION_STEPS) expect(text).toContain(`| ${from}.0 → ${to}.0 `);
    for (const { key } of [...LINKED_SCRIPTS.DIRECT, ...LINKED_SCRIPTS.STAGED, ...VIRTUAL_SCRIPTS]) expect(text).toContain(key);
  });

  it("name every definition, reference type and platform definition", () => {
    const text = page("schemas.md");
    for (const word of [...DEFINITION_NAMES, ...Object.keys(REFERENCE_FORMS), ...Object.keys(PLATFORM_SCHEMA.definitions)])
      expect(text).toContain(word);
  });

  it("name every member of an artifact, and the limits", () => {
    const text = page("artifact.md");
    const config = { pluginId: "", name: "", buildNumber: "1", language: "", entryPoint: "", defaultLocale: "", sourceCode: "" };
    const flags = { hasManualDiscovery: true, isRootSquashEnabled: true, hasExtendedStartStopHooks: true };
    const rest = {
      pluginType: "DIRECT",
      hostTypes: ["UNIX"],
      operations: [],
      migrationIds: [],
      externalVersion: "x",
      lua: { name: "x", minimumVersion: "1.0" },
    } as const;
    for (const member of Object.keys(createArtifact({ ...config, ...flags, ...rest, ...checkSchemas(validSchemas() as JsonObject) }))) {
      expect(text).toContain(`\`${member}\``);
    }
    expect(text).toContain(
      `${String(ARTIFACT_LIMITS.artifactBytes / 2 ** 20)} MiB for the artifact, ${String(ARTIFACT_LIMITS.unpackedBytes / 2 ** 20)} MiB`,
    );
  });
});
