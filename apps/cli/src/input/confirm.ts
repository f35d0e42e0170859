import { EngineError } from "@opendvp/model";
import type { Terminal } from "../terminal.ts";

/**
 * Asks before something is deleted. Where nobody can be asked, `--yes` is the answer.
 * @throws EngineError `CANCELED` for a no, `INPUT_INVALID` where nobody can be asked
 */
export async function confirm(terminal: Terminal, question: string, isYes: boolean | undefined): Promise<void> {
  if (isYes === true) return;
  if (!terminal.isInteractive) {
    throw new EngineError("INPUT_INVALID", `Nobody can be asked here: ${question}`, { action: "Say --yes if you mean it." });
  }
  const prompts = await import("@clack/prompts");
  const answer = await prompts.confirm({ message: question, initialValue: false });
  if (answer !== true) throw new EngineError("CANCELED", "Nothing was done.");
}
