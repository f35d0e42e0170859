import type { Json, JsonObject } from "@opendvp/model";
import { EXAMPLES } from "@opendvp/testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Plugin } from "../../src/entities/plugin.ts";
import { repositoryNaming, sourceConfigNaming } from "../../src/plugins/naming.ts";

const plugin: Plugin = {
  ...EXAMPLES.plugin,
  repositoryIdentityFields: ["host", "path"],
  repositoryNameField: "label",
  sourceConfigIdentityFields: ["id"],
  sourceConfigNameField: "id",
};

const anyData = fc.dictionary(fc.constantFrom("host", "path", "label", "version"), fc.jsonValue()) as fc.Arbitrary<JsonObject>;

test("objects are the same when their identity fields are, whatever else differs", () => {
  const one = repositoryNaming(plugin, { host: "h", path: "/a", label: "one", version: 1 });
  expect(repositoryNaming(plugin, { version: 2, path: "/a", host: "h", label: "two" })).toEqual({ identity: one.identity, name: "two" });
  expect(repositoryNaming(plugin, { host: "h", path: "/b" }).identity).not.toBe(one.identity);
});

test("values never run into each other", () => {
  const identities = [{ host: "a,b", path: "c" }, { host: "a", path: "b,c" }, { host: ["a", "b"], path: "c" }, { host: "1" }, { host: 1 }];
  expect(new Set(identities.map((data) => repositoryNaming(plugin, data).identity)).size).toBe(identities.length);
});

test("the order of members does not make an identity, at any depth; the order of a list does", () => {
  fc.assert(
    fc.property(anyData, (data) => {
      expect(repositoryNaming(plugin, reversed(data) as JsonObject).identity).toBe(repositoryNaming(plugin, data).identity);
    }),
  );
  expect(sourceConfigNaming(plugin, { id: [1, 2] }).identity).not.toBe(sourceConfigNaming(plugin, { id: [2, 1] }).identity);
});

test("a name that is absent or no text is said to be none", () => {
  expect(repositoryNaming(plugin, {}).name).toBe("(no name)");
  expect(repositoryNaming(plugin, { label: "" }).name).toBe("(no name)");
  expect(repositoryNaming(plugin, { label: 7 }).name).toBe("(no name)");
});

/** The same value with its members the other way round. */
function reversed(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member as Json)]),
  );
}
