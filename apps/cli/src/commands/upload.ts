import type { Command } from "commander";
import { addCommand } from "../command/add-command.ts";
import { runs } from "../command/runs.ts";
import { readArtifactFile } from "../input/artifact-file.ts";
import { addPublicToolOptions, publicToolClient, type PublicToolOptions } from "../input/public-tool-options.ts";
import type { Terminal } from "../terminal.ts";

interface Options extends PublicToolOptions {
  readonly uploadArtifact: string;
  readonly wait?: boolean;
}

export function addUpload(program: Command, terminal: Terminal): void {
  const command = addPublicToolOptions(addCommand(program, "upload", "Install a plugin in an engine."))
    .option("-a, --upload-artifact <path>", "what `dvp build` wrote", "artifact.json")
    .option("--wait", "wait until it is installed, which it is when this ends anyhow");
  runs<Options>(command, terminal, async (context) => {
    const artifact = await readArtifactFile(
      context.options.uploadArtifact,
      "Make it with `dvp build`, or name another with --upload-artifact.",
    );
    const uploaded = await (await publicToolClient(context)).plugins.upload({ body: artifact });
    for (const warning of uploaded.warnings) context.note(`Warning: ${warning}`);
    context.print(uploaded, () => `Installed as ${uploaded.plugin_id}.`);
  });
}
