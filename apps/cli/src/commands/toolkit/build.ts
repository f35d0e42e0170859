import type { BuiltToolkit } from "@opendvp/plugin-tools";
import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import type { CommonOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { formatBytes } from "../../output/format-bytes.ts";
import type { Terminal } from "../../terminal.ts";
import { problemText } from "../build.ts";

interface Options extends CommonOptions {
  readonly artifact?: string;
}

export function addToolkitBuild(toolkit: Command, terminal: Terminal): void {
  const command = addCommand(toolkit, "build <source-dir>", "Check a toolkit and make its artifact.").option(
    "-a, --artifact <path>",
    "the artifact to write, directories included; default: artifact.json beside main.json",
  );
  runs<Options>(command, terminal, async (context, sourceDirectory) => {
    const { artifact: artifactFile } = context.options;
    const { buildToolkit } = await import("@opendvp/plugin-tools");
    const built = await buildToolkit({ sourceDirectory, ...(artifactFile === undefined ? {} : { artifactFile }) });
    for (const warning of built.warnings) context.note(`Warning: ${problemText(warning)}`);
    context.print(built, () => builtWords(built));
  });
}

export function builtWords({ artifact, parts }: BuiltToolkit): string {
  const { file, sizeBytes } = artifact;
  return `Built ${parts.name} ${parts.buildNumber}: ${file}, ${formatBytes(sizeBytes)}, ${parts.operations.length} operations.`;
}
