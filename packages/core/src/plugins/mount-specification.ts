import { EngineError, isJsonObject, isReference, type Json, type JsonObject, type Reference } from "@opendvp/model";

/** Where a plugin wants a dataset to appear. */
export interface WantedMount {
  readonly environment: Reference<"UNIX_HOST_ENVIRONMENT">;
  readonly mountPath: string;
  /** Relative to the dataset; empty = the whole. */
  readonly sharedPath: string;
}

export interface MountSpecification {
  readonly mounts: readonly WantedMount[];
  readonly ownership?: { readonly uid: number; readonly gid: number };
}

const MOST_SHOWN_CHARACTERS = 80;

/** Reads what a mount specification operation returned. `wrong` makes the error for what it should have been. */
export function readMountSpecification(value: Json, wrong: (wanted: string) => EngineError): MountSpecification {
  if (!isJsonObject(value) || !Array.isArray(value["mounts"])) throw wrong("a MountSpecification");
  const mounts = (value["mounts"] as readonly Json[]).map((mount) => readMount(mount, wrong));
  if (mounts.length === 0) throw wrong("a MountSpecification with at least one mount");
  const repeated = mounts.find((mount, index) =>
    mounts.slice(0, index).some((other) => other.mountPath === mount.mountPath && other.environment === mount.environment),
  );
  if (repeated !== undefined) throw wrong(`mounts at different paths (${repeated.mountPath} is there twice)`);
  const ownership = value["ownershipSpecification"];
  return ownership === undefined || ownership === null ? { mounts } : { mounts, ownership: readOwnership(ownership, wrong) };
}

function readMount(mount: Json, wrong: (wanted: string) => EngineError): WantedMount {
  if (!isJsonObject(mount)) throw wrong("a list of mounts");
  const environment = environmentOf(mount);
  const mountPath = mount["mountPath"];
  const sharedPath = mount["sharedPath"] ?? "";
  if (environment === undefined) throw wrong("mounts that each name an environment");
  if (typeof mountPath !== "string") throw wrong("mounts that each have a mount path");
  if (!mountPath.startsWith("/")) throw notAbsolute(mountPath, wrong);
  if (typeof sharedPath !== "string") throw wrong("mounts whose shared path, where given, is a text");
  return { environment, mountPath, sharedPath: withoutOuterSlashes(sharedPath) };
}

/** Many plugins mount where their user has said. */
function notAbsolute(path: string, wrong: (wanted: string) => EngineError): EngineError {
  const { code, message, details } = wrong(`mounts at absolute paths: ${shown(path)} is none`);
  const action = "If the path is one of your parameters, give an absolute one; else report it to the plugin's author.";
  return new EngineError(code, message, { action, details });
}

/** Whole or not at all: a part of a secret in it would not be known for one. */
function shown(path: string): string {
  return path.length > MOST_SHOWN_CHARACTERS ? `one of ${path.length} characters` : JSON.stringify(path);
}

function environmentOf(mount: JsonObject): Reference<"UNIX_HOST_ENVIRONMENT"> | undefined {
  const environment = mount["remoteEnvironment"];
  const reference = isJsonObject(environment) ? environment["reference"] : environment;
  if (typeof reference !== "string") return undefined;
  if (isReference(reference, "WINDOWS_HOST_ENVIRONMENT")) throw notOnWindows(reference);
  return isReference(reference, "UNIX_HOST_ENVIRONMENT") ? reference : undefined;
}

function notOnWindows(environment: string): EngineError {
  return new EngineError(
    "UNSUPPORTED",
    `The plugin wants the dataset mounted on ${environment}: data cannot be mounted on Windows hosts by now.`,
    {
      action: "Choose an environment that is a UNIX host.",
    },
  );
}

function withoutOuterSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, "");
}

function readOwnership(value: Json, wrong: (wanted: string) => EngineError): { uid: number; gid: number } {
  const uid = isJsonObject(value) ? value["uid"] : undefined;
  const gid = isJsonObject(value) ? value["gid"] : undefined;
  if (!isId(uid) || !isId(gid)) throw wrong("an OwnershipSpecification with an integer uid and gid");
  return { uid, gid };
}

function isId(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 32 - 1;
}
