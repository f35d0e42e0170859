import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { EngineError } from "@opendvp/model";
import { addCommand, repeated } from "../../command/add-command.ts";
import type { CommonOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { hookMember } from "../../input/hooks.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends CommonOptions {
  readonly command?: readonly string[];
  readonly commandFile?: readonly string[];
}

export function addHookSet(hook: Command, terminal: Terminal): void {
  const command = addCommand(hook, "set <dataset> <point>", "Replace the hooks of one point, e.g. pre-refresh or configure-clone.")
    .option("--command <text>", "a bash command, run as the dataset's user; repeatable", repeated)
    .option("--command-file <path>", "the same from a file; repeatable", repeated);
  runs<Options>(command, terminal, async (context, datasetId, point) => {
    const hooks = await commandsOf(context.options);
    const shown = await (await context.client()).hooks.set({ params: { datasetId, point: hookMember(point) }, body: { hooks } });
    context.print(shown, () => `${shown.dataset_name} now has ${hooks.length} ${hooks.length === 1 ? "hook" : "hooks"} at ${point}.`);
  });
}

async function commandsOf(options: Options): Promise<{ command: string }[]> {
  const files = await Promise.all((options.commandFile ?? []).map(readCommand));
  const commands = [...(options.command ?? []), ...files];
  if (commands.length > 0) return commands.map((command) => ({ command }));
  throw new EngineError("INPUT_INVALID", "No command was given.", {
    action: "Give --command or --command-file; remove hooks with `dvp hook remove`.",
  });
}

async function readCommand(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw new EngineError("INPUT_INVALID", `The file ${path} cannot be read.`, { action: "Check its path and its permissions.", cause });
  });
}
