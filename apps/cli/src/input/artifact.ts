import { readFile } from "node:fs/promises";
import { EngineError } from "@opendvp/model";

/** The bytes of an artifact. @throws EngineError `INPUT_INVALID` */
export async function readArtifact(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: unknown) => {
    throw new EngineError("INPUT_INVALID", `The artifact ${path} cannot be read.`, {
      action: "Make it with `dvp build`, or name another one.",
      cause,
    });
  });
}
