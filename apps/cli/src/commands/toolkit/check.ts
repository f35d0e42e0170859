import { pluginInvalid } from "@opendvp/model";
import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import type { CommonOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import type { Terminal } from "../../terminal.ts";
import { problemText } from "../build.ts";

export function addToolkitCheck(toolkit: Command, terminal: Terminal): void {
  const command = addCommand(toolkit, "check <source-dir>", "Explain every problem of a toolkit, with file and line. Writes nothing.");
  runs<CommonOptions>(command, terminal, async (context, sourceDirectory) => {
    const { checkToolkit } = await import("@opendvp/plugin-tools");
    const { problems, warnings, parts } = await checkToolkit(sourceDirectory);
    for (const warning of warnings) context.note(`Warning: ${problemText(warning)}`);
    if (problems.length > 0 || parts === undefined) throw pluginInvalid(problems, "Correct the toolkit and check it again.");
    context.print(
      { problems, warnings, parts },
      () => `${parts.name} ${parts.buildNumber} is in order: ${parts.operations.length} operations.`,
    );
  });
}
