import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { EngineError } from "@opendvp/model";
import { unreadableFile } from "../file-error.ts";
import type { Terminal } from "../terminal.ts";

/** Where a password may come from; never from an argument, which others can see. */
export interface PasswordOptions {
  readonly passwordStdin?: boolean;
  readonly passwordFile?: string;
}

export const PASSWORD_FILE_OPTION = ["--password-file <path>", "read the password from the first line of a file"] as const;
export const PASSWORD_STDIN_OPTION = ["--password-stdin", "read the password from standard input"] as const;

/**
 * The password from standard input, a file, DVP_PASSWORD, or a prompt. `options` is undefined for a command that has none of them.
 * @throws EngineError `INPUT_INVALID` where there is none
 */
export async function readPassword(terminal: Terminal, options: PasswordOptions | undefined, question: string): Promise<string> {
  if (options?.passwordStdin === true) return firstLine(await text(terminal.stdin));
  if (options?.passwordFile !== undefined) return firstLine(await readSecretFile(options.passwordFile));
  const given = terminal.env["DVP_PASSWORD"];
  if (given !== undefined) return given;
  return askPassword(terminal, question, `Give the password with ${options === undefined ? "" : OPTIONS}DVP_PASSWORD.`);
}

const OPTIONS = "--password-stdin, --password-file or ";

/**
 * Asks without showing what is typed. `action` says how it is given where nobody can be asked.
 * @throws EngineError `INPUT_INVALID` there, `CANCELED`
 */
export async function askPassword(terminal: Terminal, question: string, action: string): Promise<string> {
  if (!terminal.isInteractive) throw new EngineError("INPUT_INVALID", `Nobody can be asked here: ${question}`, { action });
  const prompts = await import("@clack/prompts");
  const answer = await prompts.password({ message: question });
  if (typeof answer !== "string") throw new EngineError("CANCELED", "Nothing was done.");
  return answer;
}

export async function readSecretFile(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw unreadableFile(path, cause);
  });
}

function firstLine(content: string): string {
  return content.split(/\r?\n/, 1)[0] ?? "";
}
