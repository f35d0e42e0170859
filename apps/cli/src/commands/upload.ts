import type { Command } from "commander";
import { addCommand, noWait } from "../command/add-command.ts";
import { finishUpload, type UploadOptions } from "../command/finish-upload.ts";
import { runs } from "../command/runs.ts";
import { readArtifactFile } from "../input/artifact-file.ts";
import { addPublicToolOptions, publicToolClient, type PublicToolOptions } from "../input/public-tool-options.ts";
import type { Terminal } from "../terminal.ts";

interface Options extends PublicToolOptions, UploadOptions {
  readonly uploadArtifact: string;
  readonly wait?: boolean;
}

export function addUpload(program: Command, terminal: Terminal): void {
  const command = addPublicToolOptions(addCommand(program, "upload", "Install a plugin in an engine, or upgrade it."))
    .option("-a, --upload-artifact <path>", "what `dvp build` wrote", "artifact.json")
    .option("--wait", "wait until it is installed, which this does anyhow without --no-wait")
    .addOption(noWait());
  runs<Options>(command, terminal, async (context) => {
    const artifact = await readArtifactFile(
      context.options.uploadArtifact,
      "Make it with `dvp build`, or name another with --upload-artifact.",
    );
    const client = await publicToolClient(context);
    await finishUpload(context, client, await client.plugins.upload({ body: artifact }));
  });
}
