import type { VirtualSource } from "@opendvp/plugin-sdk";
import type { SnapshotDefinition, VirtualSourceDefinition } from "../generated/definitions.ts";

/** What is kept beside a snapshot of a copy. The tree is not counted: taking a snapshot costs the same whatever its size. */
export function describeCopySnapshot({ parameters }: VirtualSource<VirtualSourceDefinition>): SnapshotDefinition {
  return { path: parameters.mountPath, takenAt: new Date().toISOString() };
}
