import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

export interface CommitLoop {
  /** Resolves when so many transactions have been acknowledged. */
  acknowledged(count: number): Promise<void>;
  /** Kills it without warning. The references of all acknowledged transactions. */
  kill(): Promise<readonly string[]>;
}

/** Starts another process that holds the data directory and commits transactions. */
export async function startCommitLoop(directory: string): Promise<CommitLoop> {
  const program = join(import.meta.dirname, "commit-loop.ts");
  const child = spawn(process.execPath, ["--conditions=source", "--import", import.meta.resolve("tsx"), program, directory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => lines.push(line));
  const seen = async (count: number): Promise<void> => {
    while (lines.length < count) {
      await Promise.race([new Promise((resolve) => reader.once("line", resolve)), ended]);
      if (child.exitCode !== null || child.signalCode !== null) throw new Error("The commit loop ended by itself.");
    }
  };
  await seen(1);
  return {
    acknowledged: (count) => seen(count + 1),
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
      return lines.slice(1);
    },
  };
}
