import { findUnixPaths } from "@opendvp/model";
import { expect, test } from "vitest";

const definition = {
  type: "object",
  properties: {
    path: { type: "string", format: "unixpath" },
    name: { type: "string" },
    more: { type: "array", items: { anyOf: [{ type: "string", format: "unixpath" }, { type: "integer" }] } },
  },
};

test("finds every path of a value once, and nothing that only looks like one", () => {
  const value = { path: "/srv/a", name: "/not/a/path", more: ["/srv/b", 5, "/srv/a"] };
  expect([...findUnixPaths(definition, value)].sort()).toEqual(["/srv/a", "/srv/b"]);
  expect(findUnixPaths(definition, { name: "x" })).toEqual([]);
});
