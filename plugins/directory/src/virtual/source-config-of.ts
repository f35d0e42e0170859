import type { VirtualSource } from "@opendvp/plugin-sdk";
import type { SourceConfigDefinition, VirtualSourceDefinition } from "../generated/definitions.ts";

/** A copy as a source: whoever knows it can link it again. */
export function sourceConfigOf({ parameters }: VirtualSource<VirtualSourceDefinition>): SourceConfigDefinition {
  return { name: parameters.mountPath, path: parameters.mountPath };
}
