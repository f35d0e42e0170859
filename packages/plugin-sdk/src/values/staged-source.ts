import type { StagedSourceValue } from "@opendvp/model";
import { checkInstance, checkInstances, checkObject, checkText } from "../arguments/check-argument.ts";
import { Mount } from "./mount.ts";
import { RemoteConnection } from "./remote-connection.ts";

/** What a staged source is made of. */
export interface StagedSourceParts<Parameters extends object> {
  readonly guid: string;
  readonly sourceConnection: RemoteConnection;
  readonly stagedConnection: RemoteConnection;
  readonly parameters: Parameters;
  readonly mounts: readonly Mount[];
}

/** A linked source of a staged plugin: its source host, and the host of its staging copy, which may be the same. */
export class StagedSource<Parameters extends object = object> {
  guid: string;
  sourceConnection: RemoteConnection;
  stagedConnection: RemoteConnection;
  parameters: Parameters;
  /** Where the staging copy is mounted, when its mount specification has one mount; null when it has several, or none is mounted yet. */
  mount: Mount | null;
  /** The same, whatever their number. */
  mounts: Mount[];

  constructor(parts: StagedSourceParts<Parameters>) {
    checkText("StagedSource", "guid", parts.guid);
    checkInstance("StagedSource", "sourceConnection", { actual: parts.sourceConnection, of: RemoteConnection });
    checkInstance("StagedSource", "stagedConnection", { actual: parts.stagedConnection, of: RemoteConnection });
    checkObject("StagedSource", "parameters", parts.parameters);
    checkInstances("StagedSource", "mounts", { actual: parts.mounts, of: Mount });
    this.guid = parts.guid;
    this.sourceConnection = parts.sourceConnection;
    this.stagedConnection = parts.stagedConnection;
    this.parameters = parts.parameters;
    this.mounts = [...parts.mounts];
    this.mount = this.mounts.length === 1 ? (this.mounts[0] ?? null) : null;
  }

  static fromWire(value: StagedSourceValue): StagedSource {
    const mounts = value.mounts.length === 0 && value.mount !== null ? [value.mount] : value.mounts;
    return new StagedSource({
      guid: value.guid,
      sourceConnection: RemoteConnection.fromWire(value.sourceConnection),
      stagedConnection: RemoteConnection.fromWire(value.stagedConnection),
      parameters: value.parameters,
      mounts: mounts.map((mount) => Mount.fromWire(mount)),
    });
  }
}
