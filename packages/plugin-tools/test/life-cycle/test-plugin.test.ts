import { readFile } from "node:fs/promises";
import type { PluginType } from "@opendvp/model";
import { describe, expect, it } from "vitest";
import { buildPlugin, readTestValues, testPlugin, type LifeCycleReport } from "../../src/index.ts";
import { PluginSandbox } from "../plugin-sandbox.ts";
import { environmentUser, hasEngine, ThrowAwayEngine } from "./throw-away-engine.ts";

/** The life of a new plugin, after its author has changed it. */
async function lifeOf(
  strategy: PluginType,
  change: (sandbox: PluginSandbox) => Promise<void> = () => Promise.resolve(),
): Promise<LifeCycleReport> {
  await using sandbox = await PluginSandbox.withPlugin(strategy);
  await change(sandbox);
  const { config, artifact } = await buildPlugin({ configFile: sandbox.configFile, typeCheck: false });
  if (artifact === undefined) throw new Error("The build wrote no artifact.");
  await using engine = await ThrowAwayEngine.start();
  const report = await testPlugin({
    client: engine.client,
    config,
    artifact: await readFile(artifact.file),
    operations: artifact.operations,
    environmentUser,
    workDirectory: await engine.workDirectory(),
    values: await readTestValues(sandbox.path("dvp_test.json")),
  });
  const { items } = await engine.client.environments.list();
  expect(items).toEqual([]);
  return report;
}

function outcomes(report: LifeCycleReport, outcome: "passed" | "failed" | "skipped"): readonly string[] {
  return report.phases.filter((phase) => phase.outcome === outcome).map(({ name }) => name);
}

function operationsOf(report: LifeCycleReport, phase: string): readonly string[] {
  return (report.phases.find(({ name }) => name === phase)?.operations ?? []).map(({ operation }) => operation);
}

describe.skipIf(!hasEngine)("the life of a plugin on a real engine", { timeout: 120_000 }, () => {
  it("of a new DIRECT plugin passes, every operation called in the documented order", async () => {
    const report = await lifeOf("DIRECT");
    expect(report.phases.filter(({ error }) => error !== undefined)).toEqual([]);
    expect(report).toMatchObject({ hasPassed: true, notCalled: [] });
    expect(outcomes(report, "skipped")).toEqual(["monitor"]);
    expect(operationsOf(report, "discover")).toEqual(["discovery.repository", "discovery.sourceConfig"]);
    expect(operationsOf(report, "sync")).toEqual(["linked.preSnapshot", "linked.postSnapshot"]);
    expect(operationsOf(report, "provision").slice(0, 2)).toEqual(["virtual.mountSpecification", "virtual.configure"]);
    expect(operationsOf(report, "disable")).toEqual(["virtual.unconfigure"]);
    expect(operationsOf(report, "create an empty copy")).toContain("virtual.initialize");
  });

  it("of a new STAGED plugin passes, monitoring included", async () => {
    const report = await lifeOf("STAGED");
    expect(report.phases.filter(({ error }) => error !== undefined)).toEqual([]);
    expect(report).toMatchObject({ hasPassed: true, notCalled: [] });
    expect(operationsOf(report, "link").slice(0, 2)).toEqual(["linked.mountSpecification", "linked.startStaging"]);
    expect(operationsOf(report, "monitor")).toContain("linked.status");
    expect(operationsOf(report, "disable the dSource")).toEqual(["linked.stopStaging"]);
  });

  it("of a plugin that fails says where and with which words, and takes everything down again", async () => {
    const report = await lifeOf("DIRECT", (sandbox) =>
      sandbox.replace(
        "src/plugin.ts",
        "plugin.virtual.stop(() => undefined);",
        'plugin.virtual.stop(() => {\n  throw new UserError("It will not stop.", "Ask it nicely.");\n});',
      ),
    );
    expect(report.hasPassed).toBe(false);
    expect(outcomes(report, "failed")).toContain("stop");
    expect(report.phases.find(({ name }) => name === "stop")).toMatchObject({
      error: { code: "PLUGIN_USER_ERROR", message: expect.stringContaining("It will not stop.") as string, action: "Ask it nicely." },
      operations: [
        { operation: "virtual.stop", hasFailed: true },
        { operation: "virtual.status", hasFailed: false },
      ],
    });
    expect(outcomes(report, "passed")).toEqual(expect.arrayContaining(["start", "delete the copy", "delete the plugin"]));
  });

  it("of a plugin that finds nothing skips what builds on it", async () => {
    const report = await lifeOf("DIRECT", (sandbox) => sandbox.replace("src/plugin.ts", '[{ name: "Directories" }] : []', "[] : []"));
    expect(outcomes(report, "failed")).toEqual(["choose a source"]);
    expect(outcomes(report, "skipped")).toEqual(expect.arrayContaining(["link", "provision", "delete the dSource"]));
    expect(report.notCalled).toContain("virtual.configure");
  });
});
