import type { PluginRelease } from "@opendvp/core";
import { EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { repositoryLeft, sourceConfigLeft } from "../../src/plugins/migration/left-to-discovery.ts";

const { repository, sourceConfig, plugin } = EXAMPLES;
const toolkit: PluginRelease = { ...plugin, kind: "TOOLKIT", language: "LUA" };

test("a repository is left to the discovery of a toolkit's next version, under its identity of then", () => {
  expect(repositoryLeft(repository, toolkit)).toEqual({
    leave: { collection: "repositories", update: repository.reference, set: { isAvailable: false, identity: repository.identity } },
  });
  const next = { ...toolkit, repositoryIdentityFields: ["name", "vendor"] };
  expect(repositoryLeft({ ...repository, data: { name: "files", vendor: "acme" } }, next).leave).toMatchObject({
    set: { identity: '["files","acme"]' },
  });
});

test("one whose identity only the next version knows is not: its datasets would lose it", () => {
  expect(repositoryLeft(repository, { ...toolkit, repositoryIdentityFields: ["vendor"] })).toEqual({});
});

test("plugins migrate their repositories themselves", () => {
  expect(repositoryLeft(repository, plugin)).toEqual({});
  expect(sourceConfigLeft({ ...sourceConfig, isDiscovered: true }, plugin)).toEqual({});
});

test("a source config is left where it was discovered, never where somebody has added it", () => {
  expect(sourceConfigLeft({ ...sourceConfig, isDiscovered: true }, toolkit).leave).toMatchObject({ set: { isAvailable: false } });
  expect(sourceConfigLeft({ ...sourceConfig, isDiscovered: false }, toolkit)).toEqual({});
});
