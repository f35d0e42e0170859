import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import { runs } from "../../command/runs.ts";
import type { Terminal } from "../../terminal.ts";

export function addFaultResolve(fault: Command, terminal: Terminal): void {
  const command = addCommand(fault, "resolve <fault>", "Try again what was left unfinished, and mark the fault as resolved.");
  runs(command, terminal, async (context, faultId) => {
    const resolved = await (await context.client()).faults.resolve({ params: { faultId } });
    context.print(resolved, () => `${resolved.id} is ${resolved.status.toLowerCase()}.`);
  });
}
