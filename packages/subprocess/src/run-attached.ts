import { spawn } from "node:child_process";

/** Signals that ask a program to end. */
const PASSED_ON = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs a program in the place of this one: with its terminal, its streams and its signals. Gives its exit code, 1 where
 * a signal ended it.
 */
export async function runAttached(request: {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}): Promise<number> {
  const child = spawn(request.file, request.args, { env: { ...request.env }, stdio: "inherit" });
  const passOn = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of PASSED_ON) process.on(signal, passOn);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => resolve(code ?? 1));
    });
  } finally {
    for (const signal of PASSED_ON) process.off(signal, passOn);
  }
}
