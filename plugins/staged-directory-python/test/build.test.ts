import { operationTable } from "@opendvp/model";
import { makeTestDirectory, removeTestDirectory, hasPython3 } from "@opendvp/testkit";
import { buildPlugin } from "@opendvp/plugin-tools";
import { describe, expect, it } from "vitest";
import { configFileOf } from "../../../e2e/engine-under-test/index.ts";

const hasPython = await hasPython3();

describe.skipIf(!hasPython)("the staged-directory plugin in Python (needs Python 3)", () => {
  it("builds without a warning, and leaves out only operations that it has no use for", async () => {
    const directory = await makeTestDirectory();
    try {
      const built = await buildPlugin({ configFile: configFileOf("staged-directory-python"), artifactFile: `${directory}/artifact.json` });
      expect(built.warnings).toEqual([]);
      expect(built.config).toMatchObject({ pluginType: "STAGED", language: "PYTHON311" });
      const left = Object.keys(operationTable("STAGED")).filter((name) => !built.artifact?.operations.includes(name as never));
      expect(left.sort()).toEqual(["linked.prepareSnapshot", "linked.worker", "virtual.cleanup", "virtual.prepareSnapshot"]);
    } finally {
      await removeTestDirectory(directory);
    }
  });
});
