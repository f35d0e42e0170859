import { fileURLToPath } from "node:url";
import { runProcess } from "@opendvp/subprocess";
import { findPythons, PYTHON_VERSIONS } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { PYTHON_SDK_DIRECTORY } from "../src/index.ts";

const TESTS = fileURLToPath(new URL("python", import.meta.url));
const RUN_TESTS = `import sys, unittest
sys.path[:0] = sys.argv[1:3]
unittest.main(module=None, argv=["test", "discover", "-s", sys.argv[2]])`;

const pythons = await findPythons();

test.for(PYTHON_VERSIONS)("the package does what it promises in Python %s", { timeout: 60_000 }, async (version, { skip }) => {
  const python = pythons.get(version);
  if (python === undefined) return skip(`needs Python ${version}`);
  const args = ["-E", "-s", "-S", "-B", "-c", RUN_TESTS, PYTHON_SDK_DIRECTORY, TESTS];
  const { stderr } = await runProcess({ file: python, args });

  expect(stderr).toMatch(/^Ran \d{2,} tests[^]*\nOK\n$/m);
});
