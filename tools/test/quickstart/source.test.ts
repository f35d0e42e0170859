import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { chooseSource } from "../../quickstart/choose-source.ts";
import { summarizeTree } from "../../quickstart/tree-summary.ts";
import { createTree } from "../create-tree.ts";

const trees: { remove(): void }[] = [];
afterEach(() => {
  for (const tree of trees.splice(0)) tree.remove();
});

function treeOf(files: Readonly<Record<string, string>>): string {
  const tree = createTree(files);
  trees.push(tree);
  return tree.directory;
}
const filled = (count: number): string => treeOf(Object.fromEntries(Array.from({ length: count }, (_, n) => [`d${n % 7}/f${n}`, ""])));

describe("the source of the tour", () => {
  test("is the first candidate with thousands of files", async () => {
    const small = filled(10);
    const large = filled(2000);
    expect(await chooseSource(undefined, ["/nowhere", small, large])).toBe(large);
  });

  test("is what the user names, however small", async () => {
    const small = filled(1);
    expect(await chooseSource(small)).toBe(small);
  });

  test("must be a directory", async () => {
    await expect(chooseSource("/nowhere/at/all")).rejects.toThrow("--source: /nowhere/at/all is not a directory.");
  });

  test("must be named where nothing is large enough", async () => {
    await expect(chooseSource(undefined, [])).rejects.toThrow("--source DIR");
  });
});

describe("the summary of a tree", () => {
  const files = { "a/one": "1", "a/two": "22", "b c/three": "" };

  test("counts files and bytes", async () => {
    expect(await summarizeTree(treeOf(files))).toMatchObject({ files: 3, bytes: 3 });
  });

  test("is the same for the same tree elsewhere", async () => {
    expect(await summarizeTree(treeOf(files))).toEqual(await summarizeTree(treeOf(files)));
  });

  test.each([
    ["another content", { ...files, "a/one": "2" }],
    ["another name", { "a/uno": "1", "a/two": "22", "b c/three": "" }],
    ["one file more", { ...files, four: "" }],
  ])("differs with %s", async (_what, other) => {
    expect((await summarizeTree(treeOf(other))).checksum).not.toBe((await summarizeTree(treeOf(files))).checksum);
  });

  test("reads names that are not UTF-8", async () => {
    const one = treeOf(files);
    const other = treeOf(files);
    const odd = (tree: string, byte: number): Buffer => Buffer.concat([Buffer.from(`${tree}/`), Buffer.from([byte])]);
    for (const [tree, byte] of [
      [one, 0xfe],
      [other, 0xff],
    ] as const) {
      mkdirSync(odd(tree, byte));
      writeFileSync(Buffer.concat([odd(tree, byte), Buffer.from([0x2f, 0xe9])]), "1234");
      symlinkSync(Buffer.from([0xe9]), odd(tree, 0xe8));
    }
    expect(await summarizeTree(one)).toMatchObject({ files: 4, bytes: 7 });
    expect((await summarizeTree(one)).checksum).not.toBe((await summarizeTree(other)).checksum);
  });

  test("takes a link for what it is", async () => {
    const [one, other] = [treeOf(files), treeOf(files)];
    symlinkSync("a/one", join(one, "link"));
    symlinkSync("a/two", join(other, "link"));
    expect((await summarizeTree(one)).checksum).not.toBe((await summarizeTree(other)).checksum);
    expect((await summarizeTree(one)).files).toBe(3);
  });
});
