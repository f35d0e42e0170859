import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPythons } from "@opendvp/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findInterpreter } from "../../src/python/find-interpreter.ts";

const pythons = await findPythons();
const [version, python] = [...pythons].filter(([each]) => each.startsWith("3")).at(-1) ?? ["", ""];
const variables = ["PATH", "OPENDVP_PYTHON27", "OPENDVP_PYTHON38"] as const;

describe.skipIf(python === "")("the interpreter of a language (needs Python 3)", () => {
  let directory: string;
  const before = new Map(variables.map((name) => [name, process.env[name]]));

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "dvp-runtime-test-"));
    for (const name of variables) Reflect.deleteProperty(process.env, name);
    process.env["PATH"] = directory;
  });
  afterEach(async () => {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    await rm(directory, { recursive: true });
  });

  /** A program of this name, below the directory, that is the Python of the test. */
  async function install(name: string): Promise<string> {
    const file = join(directory, name);
    await mkdir(join(file, ".."), { recursive: true });
    await writeFile(file, `#!/bin/sh\nexec ${python} "$@"\n`);
    await chmod(file, 0o755);
    return file;
  }

  test("is the one of its name on the PATH, and for Python 3 any other one", async () => {
    await expect(findInterpreter("PYTHON38", {})).rejects.toMatchObject({ code: "INTERPRETER_MISSING" });
    await install("python3");
    expect((await findInterpreter("PYTHON38", {})).version).toBe(version);
    await writeFile(join(directory, "python3"), "#!/bin/sh\nexit 1\n");
    await expect(findInterpreter("PYTHON38", {})).rejects.toThrow("python3.8 cannot be run, and python3 cannot be run");
    await install("python3.8");
    expect((await findInterpreter("PYTHON38", {})).version).toBe(version);
  });

  test("is the one that the environment names, and before that the configured one", async () => {
    process.env["OPENDVP_PYTHON38"] = await install("elsewhere/of-the-environment");
    expect((await findInterpreter("PYTHON38", {})).version).toBe(version);
    // Whoever names one means that one: no other is tried in its place.
    await install("python3.8");
    const configured = { PYTHON38: join(directory, "not-there") };
    await expect(findInterpreter("PYTHON38", configured)).rejects.toThrow(/not-there cannot be run\.$/);
  });

  test("is never a Python 3 for Python 2, and it is said which one was found", async () => {
    await install("python3");
    await expect(findInterpreter("PYTHON27", {})).rejects.toThrow(/no Python for PYTHON27: python2\.7 cannot be run\.$/);
    await expect(findInterpreter("PYTHON27", { PYTHON27: python })).rejects.toMatchObject({
      message: `This machine has no Python for PYTHON27: ${python} is Python ${version}.`,
      action: expect.stringMatching(/OPENDVP_PYTHON27.*interpreters\.PYTHON27/) as string,
    });
  });
});
