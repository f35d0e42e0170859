import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { createTree } from "../create-tree.ts";

const SCRIPT = join(import.meta.dirname, "../../is-installed.mjs");

describe("whether npm packages are installed", () => {
  const trees: { remove(): void }[] = [];
  afterEach(() => {
    for (const tree of trees.splice(0)) tree.remove();
  });

  function ask(files: Readonly<Record<string, string>>): { said: string; status: number | null } {
    const tree = createTree(files);
    trees.push(tree);
    const { stderr, status } = spawnSync(process.execPath, [SCRIPT], { cwd: tree.directory, encoding: "utf8" });
    return { said: stderr.trim(), status };
  }
  const lock = (packages: object): string => JSON.stringify({ packages });
  const wanted = lock({ "": {}, "node_modules/a": { version: "1.0.0" }, "node_modules/b": { version: "2.0.0", optional: true } });

  test("no, without node_modules", () => {
    expect(ask({ "package-lock.json": wanted })).toEqual({ said: "set-up: node_modules is missing", status: 1 });
  });

  test("no, with another version", () => {
    const present = lock({ "node_modules/a": { version: "1.0.1" } });
    const answer = ask({ "package-lock.json": wanted, "node_modules/.package-lock.json": present, "node_modules/a/package.json": "{}" });
    expect(answer).toEqual({ said: "set-up: node_modules/a is not version 1.0.0", status: 1 });
  });

  test("no, with a package that somebody has removed", () => {
    const present = lock({ "node_modules/a": { version: "1.0.0" } });
    const answer = ask({ "package-lock.json": wanted, "node_modules/.package-lock.json": present });
    expect(answer).toEqual({ said: "set-up: node_modules/a is missing", status: 1 });
  });

  test("no, with a package that only one of ours uses removed", () => {
    const nested = lock({ "packages/x/node_modules/a": { version: "1.0.0" } });
    const answer = ask({ "package-lock.json": nested, "node_modules/.package-lock.json": nested });
    expect(answer).toEqual({ said: "set-up: packages/x/node_modules/a is missing", status: 1 });
  });

  test("yes, whatever optional packages this platform lacks", () => {
    const present = lock({ "node_modules/a": { version: "1.0.0" } });
    const answer = ask({ "package-lock.json": wanted, "node_modules/.package-lock.json": present, "node_modules/a/package.json": "{}" });
    expect(answer).toEqual({ said: "", status: 0 });
  });
});
