import type { RemoteConnectionValue } from "@opendvp/model";
import { checkInstance } from "../arguments/check-argument.ts";
import { RemoteEnvironment } from "./remote-environment.ts";
import { RemoteUser } from "./remote-user.ts";

/** As whom commands run, and where. The engine finds host and user by their references alone. */
export class RemoteConnection {
  environment: RemoteEnvironment;
  user: RemoteUser;

  constructor(environment: RemoteEnvironment, user: RemoteUser) {
    checkInstance("RemoteConnection", "environment", { actual: environment, of: RemoteEnvironment });
    checkInstance("RemoteConnection", "user", { actual: user, of: RemoteUser });
    this.environment = environment;
    this.user = user;
  }

  static fromWire(value: RemoteConnectionValue): RemoteConnection {
    return new RemoteConnection(RemoteEnvironment.fromWire(value.environment), new RemoteUser(value.user.name, value.user.reference));
  }
}

/** Another name of the same class. */
export const SourceConnection = RemoteConnection;
export type SourceConnection = RemoteConnection;
