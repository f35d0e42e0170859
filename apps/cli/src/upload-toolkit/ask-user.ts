import { EngineError } from "@opendvp/model";
import type { Terminal } from "../terminal.ts";

/** @throws EngineError `INPUT_INVALID` where nobody can be asked, `CANCELED` */
export async function askUser(terminal: Terminal, question: string): Promise<string> {
  if (!terminal.isInteractive) {
    throw new EngineError("INPUT_INVALID", `Nobody can be asked here: ${question}`, { action: "Name the user behind the host." });
  }
  const prompts = await import("@clack/prompts");
  const answer = await prompts.text({ message: question });
  if (typeof answer !== "string" || answer === "") throw new EngineError("CANCELED", "Nothing was done.");
  return answer;
}
