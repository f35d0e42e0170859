import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { PYTHON_SDK_DIRECTORY } from "../src/index.ts";

const run = promisify(execFile);
const TESTS = fileURLToPath(new URL("python", import.meta.url));
const VERSIONS = ["2.7", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13"] as const;

/** By its name, and where pyenv keeps those that it does not put on the PATH. */
async function findPython(version: string): Promise<string | undefined> {
  const versions = join(process.env["PYENV_ROOT"] ?? join(homedir(), ".pyenv"), "versions");
  const kept = await readdir(versions).catch(() => []);
  const ofVersion = kept.filter((name) => name.startsWith(`${version}.`)).map((name) => join(versions, name, "bin", "python"));
  for (const candidate of [`python${version}`, ...ofVersion]) {
    const found = await run(candidate, ["-c", "import sys; print(sys.executable)"]).catch(() => undefined);
    if (found !== undefined) return found.stdout.trim();
  }
  return undefined;
}

test.each(VERSIONS)("the package does what it promises in Python %s", { timeout: 60_000 }, async (version) => {
  const python = await findPython(version);
  test.skip(python === undefined, `needs Python ${version}`);
  const { stderr } = await run(python ?? "", ["-E", "-s", "-S", "-B", "-c", RUN_TESTS, PYTHON_SDK_DIRECTORY, TESTS]);

  expect(stderr).toMatch(/^Ran \d{2,} tests[^]*\nOK\n$/m);
});

const RUN_TESTS = `import sys, unittest
sys.path[:0] = sys.argv[1:3]
unittest.main(module=None, argv=["test", "discover", "-s", sys.argv[2]])`;
