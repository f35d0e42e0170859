import { readFileSync } from "node:fs";
import { isJsonObject, type EngineError, type JsonObject } from "@opendvp/model";
import { describe, expect, test } from "vitest";
import { CONFIGURATION_SCHEMA } from "../../src/configuration/configuration-schema.ts";
import { parseConfiguration } from "../../src/configuration/parse-configuration.ts";

const page = readFileSync(new URL("../../../../docs/reference/configuration.md", import.meta.url), "utf8");
const minimal = { engineId: "1", storage: { kind: "copy", directory: "/srv/pool" } };

function parse(changes: JsonObject): unknown {
  return parseConfiguration("/data/configuration.json", JSON.stringify({ ...minimal, ...changes }));
}

function refusal(changes: JsonObject): EngineError {
  try {
    parse(changes);
  } catch (error) {
    return error as EngineError;
  }
  return expect.fail(`${JSON.stringify(changes)} was accepted`);
}

test("a configuration is what its file says", () => {
  const configuration = {
    ...minimal,
    storage: { kind: "embedded", sizeBytes: 2 ** 30 },
    listen: { host: "::1", port: 0 },
    environmentUsers: ["alice"],
    timeLimits: { operationMs: 7_200_000 },
    monitoring: { stagedMs: 5000 },
    plugins: { memoryLimitBytes: 2 ** 30, processLimit: 512, outputLimitBytes: 2 ** 20, concurrency: 4 },
  };
  expect(parse(configuration)).toEqual(configuration);
});

describe("a start refuses", () => {
  test.each<[string, JsonObject, RegExp]>([
    ["a plugin too little memory", { plugins: { memoryLimitBytes: 1024 } }, /plugins\.memoryLimitBytes must be >= 134217728/],
    ["no process at all", { plugins: { concurrency: 0 } }, /plugins\.concurrency must be >= 1/],
    ["half a process", { plugins: { processLimit: 40.5 } }, /plugins\.processLimit must be integer/],
    ["a text for a number", { plugins: { outputLimitBytes: "64M" } }, /plugins\.outputLimitBytes must be integer/],
    ["a time that no timer can wait", { timeLimits: { operationMs: 2 ** 31 } }, /timeLimits\.operationMs must be <= 2147483647/],
    ["asking without a pause", { monitoring: { virtualMs: 0 } }, /monitoring\.virtualMs must be >= 100/],
    ["a setting that does not exist", { plugins: { memory: 1 } }, /plugins must not have the property "memory"/],
    ["a section that does not exist", { plugin: {} }, /must not have the property "plugin"/],
    ["a pool without a place", { storage: { kind: "btrfs" } }, /storage must have the property "directory"/],
    ["a ZFS pool without a dataset", { storage: { kind: "zfs", directory: "/tank" } }, /storage must have the property "dataset"/],
    ["a pool without a size", { storage: { kind: "embedded" } }, /storage must have the property "sizeBytes"/],
    ["a port that cannot be", { listen: { host: "::", port: 70_000 } }, /listen\.port must be <= 65535/],
  ])("%s", (_what, changes, message) => {
    const error = refusal(changes);
    expect(error).toMatchObject({ code: "INPUT_INVALID" });
    expect(error.message).toMatch(message);
    expect(error.message).toContain("/data/configuration.json");
  });

  test("what is no JSON", () => {
    expect(() => parseConfiguration("/data/configuration.json", "{")).toThrow(/configuration\.json is no JSON/);
  });
});

describe("docs/reference/configuration.md", () => {
  const rows = new Map(
    [...page.matchAll(/^\| `([\w.]+)` +\| (.*?) *\| (\d*) *\|/gm)].map(([, name = "", byDefault, least]) => [name, { byDefault, least }]),
  );

  test("has a row for every setting and for nothing else", () => {
    expect([...rows.keys()].sort()).toEqual([...settingsOf(CONFIGURATION_SCHEMA)].map(([name]) => name).sort());
  });

  test("has their defaults and the least that they may be", () => {
    for (const [name, setting] of settingsOf(CONFIGURATION_SCHEMA)) {
      if (setting["default"] !== undefined) expect([name, rows.get(name)?.byDefault]).toEqual([name, JSON.stringify(setting["default"])]);
      if (setting["minimum"] !== undefined) expect([name, rows.get(name)?.least]).toEqual([name, JSON.stringify(setting["minimum"])]);
    }
  });

  test("has an example that an engine takes", () => {
    const [, example = ""] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
    expect(parseConfiguration("the example", example)).toMatchObject({ plugins: { memoryLimitBytes: 2 ** 30 } });
  });
});

/** Every setting by its path; a section is no setting. */
function* settingsOf(schema: JsonObject, path = ""): Generator<[string, JsonObject]> {
  const properties = isJsonObject(schema["properties"]) ? schema["properties"] : {};
  for (const [name, property] of Object.entries(properties)) {
    if (!isJsonObject(property)) continue;
    if (isJsonObject(property["properties"])) yield* settingsOf(property, `${path}${name}.`);
    else yield [`${path}${name}`, property];
  }
}
