import { EngineError, isJsonObject, type Problem } from "@opendvp/model";
import { PYTHON_SDK_DIRECTORY } from "@opendvp/python-sdk";
import { runProcess } from "@opendvp/subprocess";
import { findInterpreter } from "./find-interpreter.ts";
import { isPythonLanguage } from "./python-languages.ts";

const PROGRAM = `import json, sys
sys.path[0] = sys.argv[1]
from dlpx.virtualization.platform._undefined_names import undefined_names
sys.stdout.write(json.dumps(undefined_names(sys.argv[2])))`;
const TIME_LIMIT_MS = 60_000;

/**
 * Names that the modules of a plugin in Python use and that nothing defines. Nothing of the plugin is executed.
 * @throws EngineError `INTERPRETER_MISSING`
 */
export async function findUndefinedNames(language: string, sourceDirectory: string): Promise<readonly Problem[]> {
  if (!isPythonLanguage(language)) return [];
  const { executable } = await findInterpreter(language, {});
  const args = ["-E", "-s", "-S", "-B", "-c", PROGRAM, PYTHON_SDK_DIRECTORY, sourceDirectory];
  const { exitCode, stdout, stderr } = await runProcess({ file: executable, args, timeLimitMs: TIME_LIMIT_MS });
  if (exitCode !== 0) throw new EngineError("INTERNAL", `The check for undefined names failed: ${stderr.slice(-1000)}`);
  return (JSON.parse(stdout) as readonly unknown[]).flatMap((entry) => (isJsonObject(entry) ? [asProblem(entry)] : []));
}

function asProblem(entry: Readonly<Record<string, unknown>>): Problem {
  const { file, line, name } = entry;
  return { file: String(file), line: Number(line), where: "", message: `uses the name ${String(name)}, which nothing defines` };
}
