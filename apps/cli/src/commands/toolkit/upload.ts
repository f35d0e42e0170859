import type { Command } from "commander";
import { addCommand, noWait } from "../../command/add-command.ts";
import { finishUpload, type UploadOptions } from "../../command/finish-upload.ts";
import { runs } from "../../command/runs.ts";
import { readArtifactFile } from "../../input/artifact-file.ts";
import { addPublicToolOptions, publicToolClient, type PublicToolOptions } from "../../input/public-tool-options.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends PublicToolOptions, UploadOptions {}

export function addToolkitUpload(toolkit: Command, terminal: Terminal): void {
  const upload = addCommand(toolkit, "upload <artifact>", "Install a toolkit in an engine, or upgrade it.");
  const command = addPublicToolOptions(upload).addOption(noWait());
  runs<Options>(command, terminal, async (context, path) => {
    const artifact = await readArtifactFile(path, "Make it with `dvp toolkit build`.");
    const client = await publicToolClient(context);
    await finishUpload(context, client, await client.plugins.upload({ body: artifact }));
  });
}
