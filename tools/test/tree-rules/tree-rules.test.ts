import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { fileLength } from "../../tree-rules/file-length.ts";
import { fileNames } from "../../tree-rules/file-names.ts";
import { folderReadmes } from "../../tree-rules/folder-readmes.ts";
import { forbiddenWords } from "../../tree-rules/forbidden-words.ts";
import { joinedMessages } from "../../tree-rules/joined-messages.ts";
import { readTree } from "../../tree-rules/read-tree.ts";
import type { TreeRule } from "../../tree-rules/tree-file.ts";
import { createTree } from "../create-tree.ts";

const refused = (rule: TreeRule, path: string, text = ""): readonly string[] => rule([{ path, text }]).map((offence) => offence.path);
const linesOf = (count: number): string => "x\n".repeat(count);

describe("file length", () => {
  test("allows 400 lines of source and 500 of a test", () => {
    expect(refused(fileLength, "packages/a/src/b.ts", linesOf(400))).toEqual([]);
    expect(refused(fileLength, "packages/a/test/b.test.ts", linesOf(500))).toEqual([]);
  });

  test("refuses one line more", () => {
    expect(refused(fileLength, "packages/a/src/b.ts", linesOf(401))).toEqual(["packages/a/src/b.ts"]);
    expect(refused(fileLength, "packages/a/test/b.test.ts", linesOf(501))).toEqual(["packages/a/test/b.test.ts"]);
  });

  test("leaves documents alone", () => {
    expect(refused(fileLength, "docs/a.md", linesOf(1000))).toEqual([]);
  });
});

describe("file names", () => {
  test.each(["utils", "storage-helpers", "common", "misc", "job-manager", "types", "type"])("refuse %s", (stem) => {
    expect(refused(fileNames, `packages/a/src/${stem}.ts`)).toHaveLength(1);
  });

  test("refuse a folder that says nothing", () => {
    expect(refused(fileNames, "packages/a/src/utils/copy-tree.ts")).toHaveLength(1);
  });

  test.each(["copyTree", "Copy", "copy_tree"])("refuse %s, which is not kebab-case", (stem) => {
    expect(refused(fileNames, `packages/a/src/${stem}.ts`)).toHaveLength(1);
  });

  test.each([
    "packages/a/src/copy-tree.ts",
    "packages/a/test/copy-tree.test.ts",
    "packages/a/src/plugin-type.ts",
    "packages/a/src/check-types.ts",
    "packages/a/src/common-options.ts",
    "packages/a/src/helper-programs.ts",
    "packages/a/py/__init__.py",
    "packages/a/py/run_sync.py",
    "e2e/toolkits/a/virtual/preSnapshot.lua",
    "packages/python-sdk/python/dlpx/virtualization/common/util.py",
    "e2e/toolkits/a/upgrade/1.0/upgradeSourceConfig.lua",
  ])("allow %s", (path) => {
    expect(refused(fileNames, path)).toEqual([]);
  });
});

describe("folder readmes", () => {
  test("are asked for in every room", () => {
    expect(refused(folderReadmes, "packages/a/src/b.ts")).toEqual(["packages/a/README.md"]);
    expect(refused(folderReadmes, "plugins/a/src/b.ts")).toEqual(["plugins/a/README.md"]);
  });

  test("are found", () => {
    expect(refused(folderReadmes, "packages/a/README.md")).toEqual([]);
  });
});

describe("forbidden words", () => {
  test("are found with their line", () => {
    expect(refused(forbiddenWords, "packages/a/src/b.ts", "one\n// TODO two\n")).toEqual(["packages/a/src/b.ts:2"]);
    expect(refused(forbiddenWords, "packages/a/src/b.ts", "// eslint-disable-next-line")).toEqual(["packages/a/src/b.ts:1"]);
    expect(refused(forbiddenWords, "docs/a.md", "FIXME")).toEqual(["docs/a.md:1"]);
  });

  test("may be parts of other words", () => {
    expect(refused(forbiddenWords, "docs/a.md", "TODOS")).toEqual([]);
  });
});

describe("the tree", () => {
  test("is what git holds or would hold", () => {
    const tree = createTree({ "kept.ts": "", ".gitignore": "dist/\n", "dist/built.js": "" });
    try {
      execFileSync("git", ["init", "-q"], { cwd: tree.directory });
      expect(readTree(tree.directory).map(({ path }) => path)).toEqual([".gitignore", "kept.ts"]);
    } finally {
      tree.remove();
    }
  });
});

describe("joined messages", () => {
  test.each([
    "say(`${error.message} ${error.action}`);",
    'const told = [message, action].filter((text) => text !== "").join(" ");',
    'return [job.error.message, job.error.action]\n  .filter((text) => text !== "")\n  .join(" ");',
  ])("are refused: %s", (text) => {
    expect(refused(joinedMessages, "apps/a/src/b.ts", `const one = 1;\n${text}\n`)).toEqual(["apps/a/src/b.ts:2"]);
  });

  test("are allowed where `sentences` joins them, and in tests", () => {
    expect(refused(joinedMessages, "apps/a/src/b.ts", "say(sentences(error.message, error.action));")).toEqual([]);
    expect(refused(joinedMessages, "apps/a/test/b.test.ts", "`${error.message} ${error.action}`")).toEqual([]);
  });
});
