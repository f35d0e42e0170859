import { summarizeTree, type TreeSummary } from "./tree-summary.ts";

/** Compares trees with the original by the checksum of every file, and says what it has seen. */
export interface Proof {
  /** @throws Error where the tree differs */
  same(what: string, path: string): Promise<void>;
  /** @throws Error where the tree is still the same */
  different(what: string, path: string): Promise<void>;
}

export function createProof(original: TreeSummary, say: (line: string) => void): Proof {
  const look = async (what: string, path: string, isSameWanted: boolean): Promise<void> => {
    const found = await summarizeTree(path);
    const isSame = found.checksum === original.checksum;
    const seen = `${found.files} files, checksum ${found.checksum.slice(0, 12)}`;
    if (isSame !== isSameWanted) {
      throw new Error(`Not true: "${what}". ${path} has ${seen}; the original ${original.files}, ${original.checksum.slice(0, 12)}.`);
    }
    say(`${what}: ${seen}`);
  };
  return {
    same: (what, path) => look(what, path, true),
    different: (what, path) => look(what, path, false),
  };
}
