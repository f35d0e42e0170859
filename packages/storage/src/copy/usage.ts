import type { DatasetUsage } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { runProgram } from "../pool/run-program.ts";

/** A copy shares nothing, so all that it occupies is its own. */
export async function usageOf(path: string): Promise<DatasetUsage> {
  const { bytes } = await freedBytes([path]);
  return { exclusiveBytes: bytes, referencedBytes: bytes };
}

export async function freedBytes(paths: readonly string[]): Promise<{ readonly bytes: number; readonly isExact: boolean }> {
  const output = await runProgram("du", ["--summarize", "--block-size=1", "--one-file-system", "--null", "--", ...paths]);
  const lines = output.split("\0").filter((line) => line !== "");
  const bytes = lines.reduce((sum, line) => sum + Number.parseInt(line, 10), 0);
  if (lines.length === paths.length && Number.isSafeInteger(bytes)) return { bytes, isExact: true };
  throw new EngineError("STORAGE_FAILED", `du measured ${lines.length} of ${paths.length} directories.`, {
    action: "Repeat; report it if it stays so.",
  });
}
