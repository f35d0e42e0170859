import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { claimDirectory } from "../../quickstart/claim-directory.ts";
import { createTree } from "../create-tree.ts";

const remove = (directory: string): boolean => {
  rmSync(directory, { recursive: true, force: true });
  return true;
};

describe("the directory of the tour", () => {
  const trees: { remove(): void }[] = [];
  afterEach(() => {
    for (const tree of trees.splice(0)) tree.remove();
  });
  function base(files: Readonly<Record<string, string>> = {}): string {
    const tree = createTree(files);
    trees.push(tree);
    return tree.directory;
  }

  test("is made where it is not there", async () => {
    const directory = join(base(), "new/tour");
    await claimDirectory(directory, remove);
    expect(readdirSync(directory)).toEqual([".opendvp-quickstart"]);
  });

  test("is emptied when a former tour has left something in it", async () => {
    const directory = base();
    await claimDirectory(directory, remove);
    mkdirSync(join(directory, "engine"));
    await claimDirectory(directory, remove);
    expect(readdirSync(directory)).toEqual([".opendvp-quickstart"]);
  });

  test("is left to a tour that goes on in it", async () => {
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "quickstart"]);
    try {
      const directory = base({ ".opendvp-quickstart": `${other.pid ?? ""}\n` });
      await expect(claimDirectory(directory, remove)).rejects.toThrow(`Another quickstart, process ${other.pid ?? ""},`);
      expect(existsSync(directory)).toBe(true);
    } finally {
      other.kill("SIGKILL");
    }
  });

  test("is not used while something in it is", async () => {
    await expect(claimDirectory(base(), () => false)).rejects.toThrow("could not be emptied");
  });

  test("is left alone when it holds somebody else's files", async () => {
    const directory = base({ thesis: "" });
    await expect(claimDirectory(directory, remove)).rejects.toThrow("not the quickstart's");
    expect(existsSync(join(directory, "thesis"))).toBe(true);
  });
});
