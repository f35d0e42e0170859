import type { RemoteEnvironmentValue } from "@opendvp/model";
import { checkInstance, checkText } from "../arguments/check-argument.ts";
import { RemoteHost } from "./remote-host.ts";

/** An environment of the engine: a host that it can reach. */
export class RemoteEnvironment {
  name: string;
  /** Such as `UNIX_HOST_ENVIRONMENT-3`. */
  reference: string;
  host: RemoteHost;

  constructor(name: string, reference: string, host: RemoteHost) {
    checkText("RemoteEnvironment", "name", name);
    checkText("RemoteEnvironment", "reference", reference);
    checkInstance("RemoteEnvironment", "host", { actual: host, of: RemoteHost });
    this.name = name;
    this.reference = reference;
    this.host = host;
  }

  static fromWire(value: RemoteEnvironmentValue): RemoteEnvironment {
    return new RemoteEnvironment(value.name, value.reference, new RemoteHost(value.host));
  }
}
