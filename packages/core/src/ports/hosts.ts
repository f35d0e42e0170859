import type { Host } from "../entities/environment.ts";
import type { HostConnection } from "./host-connection.ts";

/** Finds the warm connection to a host, or opens it. */
export interface Hosts {
  connect(host: Host): Promise<HostConnection>;
  close(): Promise<void>;
}
