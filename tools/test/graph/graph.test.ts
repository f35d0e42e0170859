import { describe, expect, test } from "vitest";
import { replaceMarkedSection } from "../../graph/marked-section.ts";
import { mermaid } from "../../graph/mermaid.ts";
import { packageEdges } from "../../graph/package-edges.ts";

const moduleOf = (source: string, ...imports: string[]): Parameters<typeof packageEdges>[0][number] => ({
  source,
  dependencies: imports.map((resolved) => ({ resolved })) as never,
});

describe("the dependency graph", () => {
  test("has one edge for a pair of packages, whatever their files are", () => {
    const modules = [
      moduleOf("packages/storage/src/a.ts", "packages/core/src/index.ts", "packages/storage/src/b.ts"),
      moduleOf("packages/storage/src/b.ts", "packages/core/src/index.ts", "node_modules/execa/index.js"),
    ];
    expect(packageEdges(modules)).toEqual([{ from: "packages/storage", to: "packages/core" }]);
  });

  test("does not count what tests import", () => {
    expect(packageEdges([moduleOf("packages/storage/test/a.test.ts", "packages/testkit/src/index.ts")])).toEqual([]);
  });

  test("leaves out edges that a longer path implies", () => {
    const edges = [
      { from: "apps/engine", to: "packages/core" },
      { from: "apps/engine", to: "packages/model" },
      { from: "packages/core", to: "packages/model" },
    ];
    expect(mermaid(edges).split("\n")).toEqual(["```mermaid", "graph TD", "  engine --> core", "  core --> model", "```"]);
  });
});

describe("a marked section", () => {
  test("is replaced between its lines", () => {
    expect(replaceMarkedSection("a\n<!-- g -->\nold\n<!-- /g -->\nb", "g", "new")).toBe("a\n<!-- g -->\n\nnew\n\n<!-- /g -->\nb");
  });

  test("must be there", () => {
    expect(() => replaceMarkedSection("a", "g", "new")).toThrow("<!-- g -->");
  });
});
