import { makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";
import { buildPlugin } from "@opendvp/plugin-tools";
import { describe, expect, it } from "vitest";
import { configFileOf } from "../../../e2e/engine-under-test/index.ts";

describe("the directory plugin", () => {
  it("builds without a warning, its types checked", async () => {
    const directory = await makeTestDirectory();
    try {
      const built = await buildPlugin({ configFile: configFileOf("directory"), artifactFile: `${directory}/artifact.json` });
      expect(built.warnings).toEqual([]);
      expect(built.config).toMatchObject({ pluginType: "DIRECT", language: "TYPESCRIPT" });
      expect(built.artifact?.operations).toContain("linked.preSnapshot");
    } finally {
      await removeTestDirectory(directory);
    }
  });
});
