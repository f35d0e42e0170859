import { readFile } from "node:fs/promises";
import { EngineError } from "@opendvp/model";
import type { Command } from "commander";
import { addCommand } from "../command/add-command.ts";
import { runs } from "../command/runs.ts";
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
    const artifact = await readArtifact(context.options.uploadArtifact);
    const uploaded = await (await publicToolClient(context)).plugins.upload({ body: artifact });
    for (const warning of uploaded.warnings) context.note(`Warning: ${warning}`);
    context.print(uploaded, () => `Installed as ${uploaded.plugin_id}.`);
  });
}

async function readArtifact(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: unknown) => {
    throw new EngineError("INPUT_INVALID", `The artifact ${path} cannot be read.`, {
      action: "Make it with `dvp build`, or name another with --upload-artifact.",
      cause,
    });
  });
}
