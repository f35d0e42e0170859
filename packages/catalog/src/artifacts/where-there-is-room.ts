import { EngineError } from "@opendvp/model";

const FULL: readonly unknown[] = ["ENOSPC", "EDQUOT"];

/** Writes something of an artifact. @throws EngineError `CATALOG_FAILED` where the disk is full */
export async function whereThereIsRoom<T>(directory: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || !FULL.includes(error.code)) throw error;
    throw new EngineError("CATALOG_FAILED", `The artifact cannot be stored: the disk of ${directory} is full.`, {
      action: "Free space on the disk of the engine's data directory, and upload it again.",
      cause: error,
    });
  }
}
