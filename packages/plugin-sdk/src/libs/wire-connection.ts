import type { JsonObject } from "@opendvp/model";
import { checkInstance } from "../arguments/check-argument.ts";
import { RemoteConnection } from "../values/remote-connection.ts";

/** A connection as it travels: what the classes declare, without attributes that a plugin has put on them. */
export function wireConnection(place: string, connection: RemoteConnection): JsonObject {
  checkInstance(place, "remoteConnection", { actual: connection, of: RemoteConnection });
  const { environment, user } = connection;
  const { name, reference, binaryPath, scratchPath } = environment.host;
  return {
    environment: { name: environment.name, reference: environment.reference, host: { name, reference, binaryPath, scratchPath } },
    user: { name: user.name, reference: user.reference },
  };
}
