import { join } from "node:path";
import { runProcess } from "@opendvp/subprocess";

const SCRIPT = join(import.meta.dirname, "on-terminal.exp");
const SECONDS = 20;

/** Keys, as a terminal sends them. */
export const KEYS = { enter: "\r", tab: "\t", interrupt: "\u0003", lineStart: "\u0001" } as const;

export interface OnTerminal {
  readonly program: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number;
  /** What is waited for, and what is then typed. */
  readonly dialogue?: readonly (readonly [expected: string, typed: string])[];
}

export interface TerminalSession {
  /** As shells count: a signal is 128 and its number. */
  readonly exitCode: number;
  /** All that the terminal got, control sequences included. */
  readonly screen: string;
}

/** Runs a program on a terminal, and types. */
export async function onTerminal({ program, env, columns = 100, dialogue = [] }: OnTerminal): Promise<TerminalSession> {
  const args = [SCRIPT, String(columns), String(SECONDS), String(dialogue.length), ...dialogue.flat(), ...program];
  const { exitCode, stdout } = await runProcess({ file: "expect", args, env: { TERM: "xterm", ...env } });
  return { exitCode, screen: stdout };
}

/** What stays readable of what a terminal got: without colours and the moving of the cursor. */
export function readable(screen: string): string {
  return screen.replaceAll(/\u001B(?:\[[0-9;?]*[A-Za-z]|[=>]|\][^\u0007]*\u0007)/g, "").replaceAll("\r\n", "\n");
}
