import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createProof, type Proof } from "../../quickstart/proof.ts";
import { summarizeTree } from "../../quickstart/tree-summary.ts";
import { createTree } from "../create-tree.ts";

describe("the proof", () => {
  const trees: ReturnType<typeof createTree>[] = [];
  const said: string[] = [];
  let proof: Proof;
  let changed: string;
  let original: string;
  beforeEach(async () => {
    trees.push(createTree({ a: "1" }), createTree({ a: "2" }));
    [original = "", changed = ""] = trees.map((tree) => tree.directory);
    said.length = 0;
    proof = createProof(await summarizeTree(original), (line) => said.push(line));
  });
  afterEach(() => {
    for (const tree of trees.splice(0)) tree.remove();
  });

  test("says what it has seen", async () => {
    await proof.same("The source is untouched", original);
    await proof.different("The copy has changed", changed);
    expect(said).toEqual([
      expect.stringMatching(/^The source is untouched: 1 files, checksum [0-9a-f]{12}$/),
      expect.stringMatching(/^The copy has changed: 1 files, checksum [0-9a-f]{12}$/),
    ]);
  });

  test("fails where it does not hold", async () => {
    await expect(proof.same("The source is untouched", changed)).rejects.toThrow('Not true: "The source is untouched".');
    await expect(proof.different("The copy has changed", original)).rejects.toThrow('Not true: "The copy has changed".');
    expect(said).toEqual([]);
  });
});
