import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import type { CommonOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { readChangedParameters } from "../../input/changed-parameters.ts";
import { addParameterOptions, type ParameterOptions } from "../../input/parameters.ts";
import type { Terminal } from "../../terminal.ts";

export function addSourceUpdate(source: Command, terminal: Terminal): void {
  const command = addParameterOptions(addCommand(source, "update <source>", "Change the parameters of a source."));
  runs<CommonOptions & ParameterOptions>(command, terminal, async (context, sourceId) => {
    const client = await context.client();
    const before = await client.sources.show({ params: { sourceId } });
    const parameters = await readChangedParameters(context, before.parameters, async () => {
      const { schemas } = await client.plugins.show({ params: { pluginId: before.toolkit_id } });
      return schemas.sourceConfigDefinition;
    });
    const updated = await client.sources.update({ params: { sourceId: before.id }, body: { parameters: parameters ?? before.parameters } });
    context.print(updated, () => `The source ${updated.name} is changed.`);
  });
}
