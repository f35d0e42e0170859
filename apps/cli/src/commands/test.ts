import { access } from "node:fs/promises";
import { dirname, join } from "node:path";
import { EngineError, sentences } from "@opendvp/model";
import type { LifeCycleReport } from "@opendvp/plugin-tools";
import type { Command } from "commander";
import { addCommand } from "../command/add-command.ts";
import type { CommonOptions } from "../command/common-options.ts";
import { runs } from "../command/runs.ts";
import { tidyWhenInterrupted } from "../command/tidy-when-interrupted.ts";
import { unreadableFile } from "../file-error.ts";
import { withThrowAwayEngine } from "../engine-process/throw-away-engine.ts";
import type { Terminal } from "../terminal.ts";

interface Options extends CommonOptions {
  readonly pluginConfig: string;
  readonly values?: string;
  readonly storage?: string;
  readonly environmentUser?: string;
}

export function addTest(program: Command, terminal: Terminal): void {
  const command = addCommand(program, "test", "Run a plugin through its whole life against a throw-away engine, and report.")
    .option("-c, --plugin-config <path>", "the plugin's configuration", "plugin_config.yml")
    .option("--values <path>", "data to test with; default: dvp_test.json beside the configuration")
    .option("--storage <spec>", "storage of the throw-away engine: zfs:DATASET, btrfs:PATH, reflink:PATH, copy:PATH or embedded[:SIZE]")
    .option("--environment-user <name>", "user of this machine that the plugin's commands run as");
  runs<Options>(command, terminal, async (context) => {
    const { pluginConfig: configFile, values, storage, environmentUser } = context.options;
    const { makeArtifact, readTestValues, testPlugin } = await import("@opendvp/plugin-tools");
    // All that can be wrong with the plugin's files shows before an engine is started for it.
    const testValues = await readTestValues(values === undefined ? join(dirname(configFile), "dvp_test.json") : await existing(values));
    const { config, text, operations } = await makeArtifact({
      configFile,
      tidily: (work) => tidyWhenInterrupted(context, "what the build has begun", work),
    });
    const report = await tidyWhenInterrupted(context, "the engine, its mounts and its directory", (signal) =>
      withThrowAwayEngine(terminal, { storage, environmentUser, signal }, ({ client, environmentUser: user, workDirectory }) =>
        testPlugin({
          config,
          artifact: Buffer.from(text),
          operations,
          client,
          environmentUser: user,
          workDirectory,
          values: testValues,
          onPhase: (name) => context.note(`… ${name}`),
          signal,
        }),
      ),
    );
    context.print(report, () => words(report));
    if (!report.hasPassed) throw failure(report);
  });
}

async function existing(path: string): Promise<string> {
  await access(path).catch((cause: unknown) => {
    throw unreadableFile(path, cause);
  });
  return path;
}

const SIGNS = { passed: "✔", failed: "✘", skipped: "-" } as const;

function words({ phases, notCalled }: LifeCycleReport): string {
  const lines = phases.flatMap(({ name, outcome, durationMs, operations, warnings, error }) => [
    `${SIGNS[outcome]} ${name}${outcome === "skipped" ? "" : `  ${durationMs} ms`}`,
    ...operations.map((call) => `    ${call.operation}  ${call.durationMs} ms${call.hasFailed ? "  failed" : ""}`),
    ...warnings.map((warning) => `    warning: ${warning}`),
    ...(error === undefined ? [] : [`    ${error.code}: ${sentences(error.message, error.action)}`]),
  ]);
  return [...lines, ...(notCalled.length === 0 ? [] : ["", `Not called: ${notCalled.join(", ")}`])].join("\n");
}

function failure({ phases }: LifeCycleReport): EngineError {
  const broken = phases.filter(({ outcome }) => outcome === "failed").map(({ name }) => name);
  return new EngineError("PLUGIN_BUG", `The plugin failed at: ${broken.join(", ")}.`, { action: "The report says where and why." });
}
