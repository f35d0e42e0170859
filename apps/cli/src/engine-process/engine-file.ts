import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isJsonObject, type Json } from "@opendvp/model";

/** What a running engine writes into its data directory once it listens. */
export interface EngineFile {
  readonly pid: number;
  readonly address: string;
  readonly version: string;
}

/** What the engine of a data directory has written; undefined where none has, or nothing readable. */
export async function readEngineFile(dataDirectory: string): Promise<EngineFile | undefined> {
  const text = await readFile(join(dataDirectory, "engine.json"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const value = parsed(text);
  if (!isJsonObject(value)) return undefined;
  const { pid, address, version } = value;
  const isComplete = typeof pid === "number" && typeof address === "string" && typeof version === "string";
  return isComplete ? { pid, address, version } : undefined;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
