import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkToolkitSuccession, parseToolkitArtifact, type JsonObject } from "@opendvp/model";
import { describe, expect, it, onTestFinished } from "vitest";
import { buildTestToolkit, type TestToolkit } from "./build-test-toolkit.ts";

async function built(toolkit: TestToolkit): ReturnType<typeof buildTestToolkit> {
  const directory = await mkdtemp(join(tmpdir(), "dvp-test-toolkit-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return buildTestToolkit(toolkit, directory);
}

describe("the toolkits of the tests", () => {
  it("staged-files is built without a warning, and implements every operation of a staged toolkit", async () => {
    const { parts, warnings } = await built("staged-files");
    expect(warnings).toEqual([]);
    expect(parts).toMatchObject({ pluginType: "STAGED", buildNumber: "1.0.0", luaMigrations: {} });
    expect(parts.operations).toEqual([
      "discovery.repository",
      "discovery.sourceConfig",
      "virtual.initialize",
      "virtual.configure",
      "virtual.unconfigure",
      "virtual.reconfigure",
      "virtual.start",
      "virtual.stop",
      "virtual.preSnapshot",
      "virtual.postSnapshot",
      "virtual.mountSpecification",
      "virtual.status",
      "linked.preSnapshot",
      "linked.postSnapshot",
      "linked.startStaging",
      "linked.stopStaging",
      "linked.status",
      "linked.worker",
      "linked.mountSpecification",
    ]);
  });

  it("staged-files 2.0.0 may follow 1.0.0, with its upgrade scripts", async () => {
    const [first, second] = [await built("staged-files"), await built("staged-files-2.0")];
    expect(second.warnings).toEqual([]);
    expect(second.parts.luaMigrations).toEqual({ snapshot: ["1.0"], virtualSource: ["1.0"], linkedSource: ["1.0"], sourceConfig: ["1.0"] });
    expect(checkToolkitSuccession(first.parts, second.parts)).toBe("with-scripts");
  });

  it("direct-files is built without a warning; scripts that are nothing but a # line are none", async () => {
    const { parts, warnings, artifact } = await built("direct-files");
    expect(warnings).toEqual([]);
    expect(parts.operations).not.toContain("virtual.unconfigure");
    const { virtualSourceDefinition } = parseToolkitArtifact(JSON.parse(await readFile(artifact.file, "utf8")) as JsonObject).artifact;
    expect(virtualSourceDefinition).toMatchObject({
      unconfigure: "",
      parameters: { properties: { mode: { enum: ["private", "shared"], default: "private" } } },
    });
  });

  it("have shell scripts that bash can read", async () => {
    const scripts = (await readdir(import.meta.dirname, { recursive: true })).filter((path) => path.endsWith(".sh"));
    expect(scripts.length).toBeGreaterThan(5);
    for (const script of scripts) execFileSync("bash", ["-n", join(import.meta.dirname, script)]);
  });
});
