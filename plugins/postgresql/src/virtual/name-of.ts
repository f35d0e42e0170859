import type { VirtualSourceDefinition } from "../generated/definitions.ts";

/** What a copy is called in PostgreSQL's own words: its `cluster_name`. */
export function nameOf({ name, mountPath }: VirtualSourceDefinition): string {
  return name ?? mountPath.split("/").filter(Boolean).at(-1) ?? "copy";
}
