import { spawnSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { createTree } from "../create-tree.ts";

const ROOT = join(import.meta.dirname, "../../..");
const CONFIG = `
  import { ClosingLineReporter } from "${ROOT}/tools/reporter/closing-line-reporter.ts";
  export default { test: { reporters: ["default", new ClosingLineReporter()] } };
`;
const HEAD = 'import { beforeAll, describe, expect, test } from "vitest";\n';

describe("a test run", () => {
  const trees: { remove(): void }[] = [];
  afterEach(() => {
    for (const tree of trees.splice(0)) tree.remove();
  });

  function run(tests: Readonly<Record<string, string>>, environment: Readonly<Record<string, string>> = {}) {
    const tree = createTree({ "vitest.config.ts": CONFIG, ...tests });
    trees.push(tree);
    symlinkSync(join(ROOT, "node_modules"), join(tree.directory, "node_modules"));
    const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
    const { stdout, status } = spawnSync(process.execPath, [vitest, "run"], {
      cwd: tree.directory,
      encoding: "utf8",
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], NO_COLOR: "1", ...environment },
    });
    return { lastLine: stdout.trimEnd().split("\n").at(-1), stdout, status, directory: tree.directory };
  }

  test("that passes ends with the count and with zero", () => {
    const { lastLine, status } = run({ "a.test.ts": `${HEAD}test("a", () => {}); test("b", () => {});` });
    expect({ lastLine, status }).toEqual({ lastLine: "2 passed, 0 failed", status: 0 });
  });

  test("counts a failed test and a skipped one", () => {
    const { lastLine, status } = run({
      "a.test.ts": `${HEAD}test("a", () => {}); test("b", () => expect(1).toBe(2)); test.skip("c", () => {});`,
    });
    expect({ lastLine, status }).toEqual({ lastLine: "1 passed, 1 failed, 1 skipped", status: 1 });
  });

  test("counts a file that does not load as a failure", () => {
    const { lastLine, status } = run({ "a.test.ts": `${HEAD}test("a", () => {});`, "b.test.ts": 'import "./nowhere.ts";' });
    expect({ lastLine, status }).toEqual({ lastLine: "1 passed, 1 failed", status: 1 });
  });

  test("counts a hook that throws as a failure", () => {
    const { lastLine, status } = run({
      "a.test.ts": `${HEAD}test("a", () => {}); describe("b", () => { beforeAll(() => { throw new Error("no"); }); test("c", () => {}); });`,
    });
    expect(lastLine).toMatch(/^1 passed, 1 failed/);
    expect(status).toBe(1);
  });

  test("counts an error outside of any test as a failure", () => {
    const { lastLine, status } = run({
      "a.test.ts": `${HEAD}test("a", async () => { void Promise.reject(new Error("lost")); await new Promise((r) => setTimeout(r, 50)); });`,
    });
    expect({ lastLine, status }).toEqual({ lastLine: "1 passed, 1 failed", status: 1 });
  });

  test("that skips everything has not passed", () => {
    const { lastLine, status } = run({ "a.test.ts": `${HEAD}test.skip("a", () => {});` });
    expect({ lastLine, status }).toEqual({ lastLine: "0 passed, 0 failed, 1 skipped", status: 1 });
  });

  test("leaves the line in a file for the script that prints it last", () => {
    const { stdout, directory } = run({ "a.test.ts": `${HEAD}test("a", () => {});` }, { OPENDVP_TEST_SUMMARY: "summary" });
    expect(readFileSync(join(directory, "summary"), "utf8")).toBe("1 passed, 0 failed\n");
    expect(stdout).not.toContain("1 passed, 0 failed");
  });
});
