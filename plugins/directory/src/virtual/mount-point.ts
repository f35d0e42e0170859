import { Mount, MountSpecification, type VirtualSource } from "@opendvp/plugin-sdk";
import type { VirtualSourceDefinition } from "../generated/definitions.ts";

/** The whole tree appears at the path that the user chose. */
export function mountPoint({ connection, parameters }: VirtualSource<VirtualSourceDefinition>): MountSpecification {
  return new MountSpecification([new Mount(connection.environment, parameters.mountPath)]);
}
