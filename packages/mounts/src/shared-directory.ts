import { posix } from "node:path";
import type { HostConnection } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { isWithin } from "./mount-point/system-directories.ts";

/**
 * The directory that is to appear at the mount point, with all symbolic links resolved. Links within a dataset may
 * lead wherever the dataset's users like, so what they lead to is checked, and later used, by its real path.
 * @throws EngineError `PATH_INVALID` (shared path), `MOUNT_FAILED` (the dataset is not there)
 */
export async function sharedDirectory(
  host: HostConnection,
  dataset: { readonly datasetPath: string; readonly sharedPath: string },
): Promise<string> {
  const { datasetPath, sharedPath } = dataset;
  const top = await host.lookAt(datasetPath);
  const isThere = top.kind === "DIRECTORY" || (top.kind === "SYMLINK" && (await host.lookAt(top.realPath)).kind === "DIRECTORY");
  if (!isThere) throw missing(datasetPath);
  if (sharedPath === "") return top.realPath;
  if (!isPlainRelative(sharedPath)) throw invalid(sharedPath, "it must be a relative path without empty, . or .. parts");
  const shared = await host.lookAt(`${top.realPath}/${sharedPath}`);
  if (!isWithin(shared.realPath, top.realPath)) throw invalid(sharedPath, "it leads out of the dataset through a symbolic link");
  const facts = shared.kind === "SYMLINK" ? await host.lookAt(shared.realPath) : shared;
  if (facts.kind !== "DIRECTORY")
    throw invalid(sharedPath, facts.kind === "ABSENT" ? "the dataset has no such directory" : "it is not a directory");
  return facts.realPath;
}

function isPlainRelative(path: string): boolean {
  return !posix.isAbsolute(path) && !path.includes("\0") && path.split("/").every((name) => name !== "" && name !== "." && name !== "..");
}

function missing(datasetPath: string): EngineError {
  return new EngineError("MOUNT_FAILED", `The dataset's directory ${datasetPath} is not there`, {
    action: "Check that the pool is mounted.",
    details: { datasetPath },
  });
}

function invalid(sharedPath: string, reason: string): EngineError {
  return new EngineError("PATH_INVALID", `The shared path ${JSON.stringify(sharedPath)} cannot be mounted: ${reason}`, {
    action: "Name an existing sub-directory of the dataset, or leave the shared path out to mount all of it.",
    details: { sharedPath, reason },
  });
}
