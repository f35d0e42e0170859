import type { DirectSourceValue } from "@opendvp/model";
import { checkInstance, checkObject, checkText } from "../arguments/check-argument.ts";
import { RemoteConnection } from "./remote-connection.ts";

/** A linked source of a direct plugin. */
export class DirectSource<Parameters extends object = object> {
  guid: string;
  connection: RemoteConnection;
  parameters: Parameters;

  constructor(guid: string, connection: RemoteConnection, parameters: Parameters) {
    checkText("DirectSource", "guid", guid);
    checkInstance("DirectSource", "connection", { actual: connection, of: RemoteConnection });
    checkObject("DirectSource", "parameters", parameters);
    this.guid = guid;
    this.connection = connection;
    this.parameters = parameters;
  }

  static fromWire(value: DirectSourceValue): DirectSource {
    return new DirectSource(value.guid, RemoteConnection.fromWire(value.connection), value.parameters);
  }
}
