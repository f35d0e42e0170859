import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PYTHON_SDK_DIRECTORY } from "@opendvp/python-sdk";
import type { HostCommand, HostProgram, LanguageHost, View } from "../language-host.ts";
import { findInterpreter, type ConfiguredInterpreters, type PythonInterpreter } from "./find-interpreter.ts";
import { isPythonLanguage, PYTHON_LANGUAGES } from "./python-languages.ts";

/** The same from src/python and from dist/python: Python needs no build. */
const RUNNER_DIRECTORY = fileURLToPath(new URL("../../src/python/runner", import.meta.url));

/** Nothing of the environment, of users or of site-packages; output is not held back; no byte code is written. */
const ARGUMENTS = ["-E", "-s", "-S", "-u", "-B"];

/** Runs Python plugins with the interpreters of this machine, which may be installed while the engine runs. */
export function createPythonHost(configured: ConfiguredInterpreters): LanguageHost {
  const known = new Map<string, PythonInterpreter>();
  return {
    languages: Object.keys(PYTHON_LANGUAGES),
    async locate(language: string): Promise<HostProgram> {
      if (!isPythonLanguage(language)) throw new TypeError(`${language} is no Python.`);
      const interpreter = known.get(language) ?? (await findInterpreter(language, configured));
      known.set(language, interpreter);
      return pythonProgram(interpreter);
    },
  };
}

function pythonProgram(interpreter: PythonInterpreter): HostProgram {
  return {
    command(view: View): HostCommand {
      const runner = view.show(RUNNER_DIRECTORY, "python-runner");
      // What lies in /usr is seen by every process.
      if (interpreter.prefix !== "/usr" && !interpreter.prefix.startsWith("/usr/")) view.showInPlace(interpreter.prefix);
      const sdk = view.show(PYTHON_SDK_DIRECTORY, "python-sdk");
      return { file: interpreter.executable, args: [...ARGUMENTS, join(runner, "main.py"), sdk] };
    },
    ranOutOfMemory: ({ stderr }) => /^MemoryError\b/m.test(stderr),
  };
}
