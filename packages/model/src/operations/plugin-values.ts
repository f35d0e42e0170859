import type { Json, JsonObject } from "../json/json.ts";

/**
 * The classes of the plugin API as they travel between engine and plugin process: plain JSON in camelCase.
 * Every SDK dresses them in its language's classes. Source: the plugin documentation of the field.
 */
export interface RemoteHostValue {
  /** The host's address. */
  readonly name: string;
  readonly reference: string;
  /** Directory with helper programs (`jq`), on Unix hosts; empty on Windows. */
  readonly binaryPath: string;
  /** A directory for plugins' own files, owned by the primary user; the engine never cleans it. */
  readonly scratchPath: string;
}

export interface RemoteEnvironmentValue {
  readonly name: string;
  readonly reference: string;
  readonly host: RemoteHostValue;
}

export interface RemoteUserValue {
  readonly name: string;
  readonly reference: string;
}

export interface RemoteConnectionValue {
  readonly environment: RemoteEnvironmentValue;
  readonly user: RemoteUserValue;
}

export interface MountValue {
  /** The environment itself, or a reference string such as `UNIX_HOST_ENVIRONMENT-3`. */
  readonly remoteEnvironment: RemoteEnvironmentValue | string;
  /** Absolute path on the host. */
  readonly mountPath: string;
  /** Sub-directory of the dataset that alone is mounted; absent = the whole dataset. */
  readonly sharedPath?: string | null;
}

export interface OwnershipSpecificationValue {
  readonly uid: number;
  readonly gid: number;
}

export interface MountSpecificationValue {
  readonly mounts: readonly MountValue[];
  readonly ownershipSpecification?: OwnershipSpecificationValue | null;
}

export interface DirectSourceValue {
  readonly guid: string;
  readonly connection: RemoteConnectionValue;
  readonly parameters: JsonObject;
}

export interface StagedSourceValue {
  readonly guid: string;
  readonly sourceConnection: RemoteConnectionValue;
  readonly stagedConnection: RemoteConnectionValue;
  readonly parameters: JsonObject;
  /** Filled with one mount; `null` when there are several. */
  readonly mount: MountValue | null;
  readonly mounts: readonly MountValue[];
}

export interface VirtualSourceValue {
  readonly guid: string;
  readonly connection: RemoteConnectionValue;
  readonly parameters: JsonObject;
  readonly mounts: readonly MountValue[];
}

export type StatusValue = "ACTIVE" | "INACTIVE";

export interface CommandResultValue {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type CredentialsValue =
  | { readonly type: "password"; readonly username: string; readonly password: string }
  | { readonly type: "keyPair"; readonly username: string; readonly privateKey: string; readonly publicKey: string };

/** The named arguments of an operation. */
export type OperationArguments = Readonly<Record<string, Json | undefined>>;
