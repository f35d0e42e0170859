import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import { runs } from "../../command/runs.ts";
import type { Terminal } from "../../terminal.ts";

export function addApiKeyDelete(apikey: Command, terminal: Terminal): void {
  runs(addCommand(apikey, "delete <apikey>", "Delete an API key."), terminal, async (context, apiKeyId) => {
    await (await context.client()).apiKeys.delete({ params: { apiKeyId } });
    context.print({}, () => `The API key ${apiKeyId} is deleted.`);
  });
}
