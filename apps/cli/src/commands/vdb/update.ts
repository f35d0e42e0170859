import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import type { CommonOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { withoutUndefined } from "../../command/without-undefined.ts";
import { readChangedParameters } from "../../input/changed-parameters.ts";
import { addParameterOptions, type ParameterOptions } from "../../input/parameters.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends CommonOptions, ParameterOptions {
  readonly description?: string;
  /** False for --no-owner. */
  readonly owner?: string | false;
}

export function addVdbUpdate(vdb: Command, terminal: Terminal): void {
  const command = addCommand(vdb, "update <vdb>", "Change a VDB.")
    .option("--description <text>", "what it is")
    .option("--owner <user>", "hand it over to another user")
    .option("--no-owner", "leave it to operators and administrators");
  runs<Options>(addParameterOptions(command), terminal, async (context, vdbId) => {
    const client = await context.client();
    const before = await client.vdbs.show({ params: { vdbId } });
    const parameters = await readChangedParameters(context, before.appdata_source_params, async () => {
      const { schemas } = await client.plugins.show({ params: { pluginId: before.toolkit_id } });
      return schemas.virtualSourceDefinition;
    });
    const { description, owner } = context.options;
    const body = withoutUndefined({ description, appdata_source_params: parameters, owner: owner === false ? null : owner });
    const updated = await client.vdbs.update({ params: { vdbId: before.id }, body });
    context.print(updated, () => `The VDB ${updated.name} is changed.`);
  });
}
