import { readFile } from "node:fs/promises";
import { EngineError } from "@opendvp/model";

/** The bytes of an artifact. `action` says how to get one. @throws EngineError `INPUT_INVALID` where it cannot be read */
export async function readArtifactFile(path: string, action: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: unknown) => {
    throw new EngineError("INPUT_INVALID", `The artifact ${path} cannot be read.`, { action, cause });
  });
}
