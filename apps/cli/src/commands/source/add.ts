import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import type { CommonOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { addParameterOptions, type ParameterOptions, readParameters } from "../../input/parameters.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends CommonOptions, ParameterOptions {
  readonly repository: string;
}

export function addSourceAdd(source: Command, terminal: Terminal): void {
  const command = addCommand(source, "add", "Add a source by hand, for plugins that allow it.").requiredOption(
    "--repository <repository>",
    "the repository that it belongs to",
  );
  runs<Options>(addParameterOptions(command), terminal, async (context) => {
    const client = await context.client();
    const repository = await client.repositories.show({ params: { repositoryId: context.options.repository } });
    const parameters = await readParameters(terminal, context.options, async () => {
      const { schemas } = await client.plugins.show({ params: { pluginId: repository.toolkit_id } });
      return schemas.sourceConfigDefinition;
    });
    const added = await client.sources.add({ body: { repository_id: repository.id, parameters: parameters ?? {} } });
    context.print(added, () => `Added the source ${added.source_id}.`);
  });
}
