import type { Clock, Hosts } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { createHostUsers } from "./host-users.ts";
import { createLocalHostConnection } from "./local-host-connection.ts";

export interface LocalHostsOptions {
  /** Users of this machine that may be environment users; root too only if it is listed. Without root, the engine's own user is always one. */
  readonly allowedUsers: readonly string[];
  readonly clock?: Pick<Clock, "monotonicMs">;
}

/** Reaches the engine's own machine, and no other. */
export function createLocalHosts(options: LocalHostsOptions): Hosts {
  const clock = options.clock ?? { monotonicMs: () => performance.now() };
  const connection = createLocalHostConnection(createHostUsers(options.allowedUsers, clock));
  return {
    // A host record may come from a newer engine that knows other transports.
    connect: (host: { readonly address: string; readonly transport: string }) =>
      host.transport === "local" ? Promise.resolve(connection) : Promise.reject(unreachable(host.address)),
    close: () => connection.close(),
  };
}

function unreachable(address: string): EngineError {
  return new EngineError("HOST_UNREACHABLE", `This engine cannot reach ${address}: it knows only its own machine.`, {
    action: "Use an environment on localhost.",
    details: { address },
  });
}
