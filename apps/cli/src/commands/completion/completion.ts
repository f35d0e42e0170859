import { Argument, type Command } from "commander";
import { COMPLETION_SCRIPTS, type Shell, SHELLS } from "../../completion/scripts.ts";
import type { Terminal } from "../../terminal.ts";

export function addCompletion(program: Command, terminal: Terminal): void {
  program
    .command("completion")
    .description("Print what makes a shell complete commands and names, e.g. source <(dvp completion bash).")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .action((shell: Shell) => {
      terminal.out(COMPLETION_SCRIPTS[shell]);
    });
}
