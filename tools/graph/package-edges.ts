import type { IModule } from "dependency-cruiser";

/** One room imports another. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

const ROOM = /^((?:packages|apps|plugins)\/[^/]+)\/src\//;

/** Which rooms' sources import which, each pair once, in alphabetical order. */
export function packageEdges(modules: readonly Pick<IModule, "source" | "dependencies">[]): Edge[] {
  const pairs = new Set<string>();
  for (const { source, dependencies } of modules) {
    const from = ROOM.exec(source)?.[1];
    for (const { resolved } of dependencies) {
      const to = ROOM.exec(resolved)?.[1];
      if (from !== undefined && to !== undefined && from !== to) pairs.add(`${from} ${to}`);
    }
  }
  return [...pairs].sort().map((pair) => {
    const [from = "", to = ""] = pair.split(" ");
    return { from, to };
  });
}
