import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { claimDirectory, keepDirectory } from "../../quickstart/claim-directory.ts";
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
    await claimDirectory(directory, { clean: remove, isReplacing: false });
    expect(readdirSync(directory)).toEqual([".opendvp-quickstart"]);
  });

  test("is emptied when a former tour has left something in it", async () => {
    const directory = base();
    await claimDirectory(directory, { clean: remove, isReplacing: false });
    mkdirSync(join(directory, "engine"));
    await claimDirectory(directory, { clean: remove, isReplacing: false });
    expect(readdirSync(directory)).toEqual([".opendvp-quickstart"]);
  });

  test("is left to a tour that goes on in it", async () => {
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "quickstart"]);
    try {
      const directory = base({ ".opendvp-quickstart": `${other.pid ?? ""}\n` });
      await expect(claimDirectory(directory, { clean: remove, isReplacing: false })).rejects.toThrow(
        `Another quickstart, process ${other.pid ?? ""},`,
      );
      expect(existsSync(directory)).toBe(true);
    } finally {
      other.kill("SIGKILL");
    }
  });

  test("is left alone while an engine is kept in it, until somebody says that it may go", async () => {
    const directory = base();
    await claimDirectory(directory, { clean: remove, isReplacing: false });
    mkdirSync(join(directory, "engine"));
    await keepDirectory(directory, "http://127.0.0.1:1234");
    await expect(claimDirectory(directory, { clean: remove, isReplacing: false })).rejects.toThrow(/http:\/\/127\.0\.0\.1:1234.*--replace/);
    expect(existsSync(join(directory, "engine"))).toBe(true);
    await claimDirectory(directory, { clean: remove, isReplacing: true });
    expect(readdirSync(directory)).toEqual([".opendvp-quickstart"]);
    await claimDirectory(directory, { clean: remove, isReplacing: false });
  });

  test("is not used while something in it is", async () => {
    await expect(claimDirectory(base(), { clean: () => false, isReplacing: false })).rejects.toThrow("could not be emptied");
  });

  test("is left alone when it holds somebody else's files", async () => {
    const directory = base({ thesis: "" });
    await expect(claimDirectory(directory, { clean: remove, isReplacing: false })).rejects.toThrow("not the quickstart's");
    expect(existsSync(join(directory, "thesis"))).toBe(true);
  });
});
