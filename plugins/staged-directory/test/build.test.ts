import { operationTable } from "@opendvp/model";
import { makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";
import { buildPlugin } from "@opendvp/plugin-tools";
import { describe, expect, it } from "vitest";
import { configFileOf } from "../../../e2e/engine-under-test/index.ts";

describe("the staged-directory plugin", () => {
  it("builds without a warning, its types checked", async () => {
    const directory = await makeTestDirectory();
    try {
      const built = await buildPlugin({ configFile: configFileOf("staged-directory"), artifactFile: `${directory}/artifact.json` });
      expect(built.warnings).toEqual([]);
      expect(built.config).toMatchObject({ pluginType: "STAGED", language: "TYPESCRIPT" });
      // It is the example of all that a staged plugin can do.
      expect([...(built.artifact?.operations ?? [])].sort()).toEqual(Object.keys(operationTable("STAGED")).sort());
    } finally {
      await removeTestDirectory(directory);
    }
  });
});
