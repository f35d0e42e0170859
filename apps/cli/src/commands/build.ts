import { endSentence, sentences, type Problem } from "@opendvp/model";
import type { BuiltPlugin } from "@opendvp/plugin-tools";
import type { Command } from "commander";
import { addCommand } from "../command/add-command.ts";
import type { CommonOptions } from "../command/common-options.ts";
import { runs } from "../command/runs.ts";
import { tidyWhenInterrupted } from "../command/tidy-when-interrupted.ts";
import { withoutUndefined } from "../command/without-undefined.ts";
import { formatBytes } from "../output/format-bytes.ts";
import type { Terminal } from "../terminal.ts";

interface Options extends CommonOptions {
  readonly pluginConfig: string;
  readonly uploadArtifact?: string;
  readonly generateOnly?: boolean;
  readonly typeCheck: boolean;
}

export function addBuild(program: Command, terminal: Terminal): void {
  const command = addCommand(program, "build", "Check a plugin and make its artifact.")
    .option("-c, --plugin-config <path>", "the plugin's configuration", "plugin_config.yml")
    .option("-a, --upload-artifact <path>", "the artifact to write, directories included; default: artifact.json beside the configuration")
    .option("-g, --generate-only", "only write the generated code")
    .option("--no-type-check", "leave the check of types out");
  runs<Options>(command, terminal, async (context) => {
    const { pluginConfig: configFile, uploadArtifact: artifactFile, generateOnly, typeCheck } = context.options;
    const { buildPlugin } = await import("@opendvp/plugin-tools");
    const request = withoutUndefined({ configFile, typeCheck, artifactFile, generateOnly });
    const built = await buildPlugin({
      ...request,
      tidily: (work) => tidyWhenInterrupted(context, "what the build has begun", work),
    });
    for (const warning of built.warnings) context.note(`Warning: ${problemText(warning)}`);
    context.print(built, () => words(built));
  });
}

function words({ artifact, generated, config }: BuiltPlugin): string {
  if (artifact === undefined) return `Wrote ${generated.definitionsFile}.`;
  return `Built ${config.name} ${config.buildNumber}: ${artifact.file}, ${formatBytes(artifact.sizeBytes)}, ${artifact.operations.length} operations.`;
}

export function problemText({ file, line, where, message, action }: Problem): string {
  const place = [file, line].filter((part) => part !== undefined).join(":");
  const subject = [place === "" ? "" : `${place}:`, where].filter((part) => part !== "").join(" ");
  return `${subject} ${sentences(endSentence(message), action ?? "")}`.trimStart();
}
