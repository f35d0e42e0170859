import type { Edge } from "./package-edges.ts";

const nameOf = (room: string): string => room.replace(/^(packages|apps)\//, "");

/**
 * The edges as a mermaid diagram, the importer above what it imports. Edges that a longer path implies are left out:
 * they add lines and no knowledge.
 */
export function mermaid(edges: readonly Edge[]): string {
  const below = new Map<string, Set<string>>();
  for (const { from, to } of edges) below.set(from, (below.get(from) ?? new Set()).add(to));
  const lines = edges
    .filter(({ from, to }) => ![...(below.get(from) ?? [])].some((other) => other !== to && reaches(below, other, to)))
    .map(({ from, to }) => `  ${nameOf(from)} --> ${nameOf(to)}`);
  return ["```mermaid", "graph TD", ...lines, "```"].join("\n");
}

function reaches(below: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let room = open.pop(); room !== undefined; room = open.pop()) {
    if (room === to) return true;
    if (seen.has(room)) continue;
    seen.add(room);
    open.push(...(below.get(room) ?? []));
  }
  return false;
}
