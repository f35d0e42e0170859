import type { VirtualSourceValue } from "@opendvp/model";
import { checkInstance, checkInstances, checkObject, checkText } from "../arguments/check-argument.ts";
import { Mount } from "./mount.ts";
import { RemoteConnection } from "./remote-connection.ts";

/** A virtual source: a copy on its host. */
export class VirtualSource<Parameters extends object = object> {
  guid: string;
  connection: RemoteConnection;
  parameters: Parameters;
  /** Filled whenever something is mounted. */
  mounts: Mount[];

  constructor(guid: string, connection: RemoteConnection, rest: { readonly parameters: Parameters; readonly mounts: readonly Mount[] }) {
    checkText("VirtualSource", "guid", guid);
    checkInstance("VirtualSource", "connection", { actual: connection, of: RemoteConnection });
    checkObject("VirtualSource", "parameters", rest.parameters);
    checkInstances("VirtualSource", "mounts", { actual: rest.mounts, of: Mount });
    this.guid = guid;
    this.connection = connection;
    this.parameters = rest.parameters;
    this.mounts = [...rest.mounts];
  }

  static fromWire(value: VirtualSourceValue): VirtualSource {
    const { parameters } = value;
    return new VirtualSource(value.guid, RemoteConnection.fromWire(value.connection), {
      parameters,
      mounts: value.mounts.map((mount) => Mount.fromWire(mount)),
    });
  }
}
