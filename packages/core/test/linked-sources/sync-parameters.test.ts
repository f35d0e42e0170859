import type { JsonObject } from "@opendvp/model";
import { EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import type { Plugin } from "../../src/entities/plugin.ts";
import { syncParametersFor } from "../../src/linked-sources/sync-parameters.ts";
import { Definitions } from "../../src/plugins/definitions.ts";
import { testSecrets } from "../bench/test-secrets.ts";

const definitions = new Definitions(testSecrets());

function pluginWith(snapshotParametersDefinition: JsonObject): Plugin {
  return {
    ...EXAMPLES.plugin,
    artifact: JSON.stringify(snapshotParametersDefinition),
    schemas: { ...EXAMPLES.plugin.schemas, snapshotParametersDefinition },
  };
}

const withResync = pluginWith({
  type: "object",
  additionalProperties: false,
  properties: { resync: { type: "boolean" }, depth: { type: "integer" } },
});
const without = pluginWith({ type: "object", additionalProperties: false, properties: { depth: { type: "integer" } } });

test("resync is the engine's word, whatever the user gave", () => {
  expect(syncParametersFor(definitions, withResync, { given: { resync: false, depth: 2 }, isResync: true })).toEqual({
    resync: true,
    depth: 2,
  });
  expect(syncParametersFor(definitions, withResync, { given: { resync: true }, isResync: false })).toEqual({ resync: false });
  expect(syncParametersFor(definitions, withResync, { given: undefined, isResync: true })).toEqual({ resync: true });
});

test("a plugin without that property gets an empty object, and a boolean of that name only", () => {
  expect(syncParametersFor(definitions, without, { given: undefined, isResync: true })).toEqual({});
  const text = pluginWith({ type: "object", properties: { resync: { type: "string" } } });
  expect(syncParametersFor(definitions, text, { given: { resync: "weekly" }, isResync: true })).toEqual({ resync: "weekly" });
});

test("what does not fit the schema is refused", () => {
  for (const given of [{ depth: "deep" }, { colour: "blue" }])
    expect(() => syncParametersFor(definitions, withResync, { given, isResync: false })).toThrow(
      expect.objectContaining({ code: "PARAMETERS_INVALID" }) as Error,
    );
});
