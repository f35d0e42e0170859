import type { OperationName } from "@opendvp/model";
import { expect, test } from "vitest";
import { checkClaims } from "../../src/plugins/check-claims.ts";

const release = { prettyName: "My files", buildNumber: "1.2", pluginType: "DIRECT" } as const;
const HONEST = {
  operations: ["virtual.start", "virtual.stop"] as readonly OperationName[],
  foreignOperations: [] as readonly OperationName[],
  migrationIds: ["1.1"],
};

test("a manifest that tells what its code implements passes without a word", () => {
  expect(checkClaims(release, HONEST, HONEST)).toEqual([]);
});

test("a manifest that promises what its code lacks is refused, with plugin, version, and each operation and migration", () => {
  const claims = { ...HONEST, operations: [...HONEST.operations, "virtual.status" as const], migrationIds: ["1.1", "1.2"] };
  expect(() => checkClaims(release, claims, HONEST)).toThrow(
    expect.objectContaining({
      code: "PLUGIN_INVALID",
      message: "The manifest of My files 1.2 promises what its code does not implement: virtual.status, migration 1.2.",
      details: { plugin: "My files", lacking: ["virtual.status", "migration 1.2"] },
    }) as Error,
  );
});

test("a manifest that promises operations which plugins of its type do not have is refused with each of them", () => {
  const claims = { ...HONEST, foreignOperations: ["linked.status", "linked.worker"] as const };
  expect(() => checkClaims(release, claims, HONEST)).toThrow(
    expect.objectContaining({
      code: "PLUGIN_INVALID",
      message:
        "The manifest of My files 1.2 promises what its code does not implement: linked.status (which DIRECT plugins do not have), linked.worker (which DIRECT plugins do not have).",
    }) as Error,
  );
});

test("what a manifest does not tell of counts all the same, with a warning", () => {
  const found = { operations: [...HONEST.operations, "virtual.status" as const], migrationIds: ["1.1", "1.2"] };
  expect(checkClaims(release, HONEST, found)).toEqual([
    "The manifest of My files 1.2 does not tell of all that its code implements, which counts all the same: virtual.status, migration 1.2.",
  ]);
});
