import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import { runs } from "../../command/runs.ts";
import { readArtifactFile } from "../../input/artifact-file.ts";
import { addPublicToolOptions, publicToolClient, type PublicToolOptions } from "../../input/public-tool-options.ts";
import type { Terminal } from "../../terminal.ts";

export function addToolkitUpload(toolkit: Command, terminal: Terminal): void {
  const command = addPublicToolOptions(addCommand(toolkit, "upload <artifact>", "Install a toolkit in an engine."));
  runs<PublicToolOptions>(command, terminal, async (context, path) => {
    const artifact = await readArtifactFile(path, "Make it with `dvp toolkit build`.");
    const uploaded = await (await publicToolClient(context)).plugins.upload({ body: artifact });
    for (const warning of uploaded.warnings) context.note(`Warning: ${warning}`);
    context.print(uploaded, () => `Installed as ${uploaded.plugin_id}.`);
  });
}
