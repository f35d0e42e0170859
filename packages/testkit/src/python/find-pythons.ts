import { readdir, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { runProcess } from "@opendvp/subprocess";

export const PYTHON_VERSIONS = ["2.7", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13"] as const;

/** The languages of plugins in Python, each with the version that it is named after. */
export const PYTHON_LANGUAGES = [
  ["2.7", "PYTHON27"],
  ["3.8", "PYTHON38"],
  ["3.11", "PYTHON311"],
] as const;

export type PythonVersion = (typeof PYTHON_VERSIONS)[number];

/** The interpreters of this machine by version: those on the PATH, and those that pyenv keeps beside it. */
export async function findPythons(): Promise<ReadonlyMap<PythonVersion, string>> {
  const kept = join(process.env["PYENV_ROOT"] ?? join(homedir(), ".pyenv"), "versions");
  const names = await readdir(kept).catch(() => []);
  const onPath = (process.env["PATH"] ?? "").split(delimiter);
  const found = new Map<PythonVersion, string>();
  for (const version of PYTHON_VERSIONS) {
    const inPyenv = names.filter((name) => name.startsWith(`${version}.`)).map((name) => join(kept, name, "bin/python"));
    for (const candidate of [...inPyenv, ...onPath.map((directory) => join(directory, `python${version}`))]) {
      if (found.has(version) || !(await works(candidate))) continue;
      found.set(version, candidate);
    }
  }
  return found;
}

/** Whether this machine has any Python 3: enough for plugins that bring their sources. */
export async function hasPython3(): Promise<boolean> {
  return [...(await findPythons()).keys()].some((version) => version.startsWith("3"));
}

/** Names that stand for several Pythons are there also where none of them is chosen. */
async function works(file: string): Promise<boolean> {
  if ((await stat(file).catch(() => undefined)) === undefined) return false;
  const { exitCode } = await runProcess({ file, args: ["-c", ""], timeLimitMs: 20_000 }).catch(() => ({ exitCode: 1 }));
  return exitCode === 0;
}
