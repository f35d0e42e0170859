import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import type { CommonOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { withoutUndefined } from "../../command/without-undefined.ts";
import { addParameterOptions, type ParameterOptions } from "../../input/parameters.ts";
import { readChangedParameters } from "../../input/changed-parameters.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends CommonOptions, ParameterOptions {
  readonly description?: string;
}

export function addDSourceUpdate(dsource: Command, terminal: Terminal): void {
  const command = addCommand(dsource, "update <dsource>", "Change a dSource.").option("--description <text>", "what it is");
  runs<Options>(addParameterOptions(command), terminal, async (context, dsourceId) => {
    const client = await context.client();
    const before = await client.dsources.show({ params: { dsourceId } });
    const parameters = await readChangedParameters(context, before.parameters, async () => {
      const { schemas } = await client.plugins.show({ params: { pluginId: before.toolkit_id } });
      return schemas.linkedSourceDefinition;
    });
    const body = withoutUndefined({ description: context.options.description, parameters });
    const updated = await client.dsources.update({ params: { dsourceId: before.id }, body });
    context.print(updated, () => `The dSource ${updated.name} is changed.`);
  });
}
