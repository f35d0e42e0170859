import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import { EngineError, isJsonObject } from "@opendvp/model";
import { runProcess } from "@opendvp/subprocess";
import { PYTHON_LANGUAGES, type PythonLanguage } from "./python-languages.ts";

/** A Python of this machine. */
export interface PythonInterpreter {
  readonly executable: string;
  /** Where its standard library is found from. */
  readonly prefix: string;
  /** `<major>.<minor>` */
  readonly version: string;
}

/** Interpreters that an administrator has named, by language. */
export type ConfiguredInterpreters = Readonly<Record<string, string>>;

const SOURCES_ONLY = "python3";
const ASK = `import json, os, sys
print(json.dumps({"executable": os.path.realpath(sys.executable), "prefix": os.path.realpath(getattr(sys, "base_prefix", sys.prefix)), "version": "%d.%d" % sys.version_info[:2]}))`;
const ASK_LIMIT_MS = 20_000;
/** Managers of several Pythons find theirs from the home directory. */
const ENVIRONMENT = { HOME: homedir() };

/**
 * The interpreter of a language: the configured one, that of the variable OPENDVP_<language>, else the one of its name on PATH, else any Python 3 — which runs the sources of
 * plugins for Python 3, but nothing that was compiled for another version.
 * @throws EngineError `INTERPRETER_MISSING`
 */
export async function findInterpreter(language: PythonLanguage, configured: ConfiguredInterpreters): Promise<PythonInterpreter> {
  const named = configured[language] ?? process.env[`OPENDVP_${language}`];
  const { command, version } = PYTHON_LANGUAGES[language];
  const candidates = named !== undefined ? [named] : version.startsWith("3") ? [command, SOURCES_ONLY] : [command];
  const reasons: string[] = [];
  for (const candidate of candidates) {
    const found = await ask(candidate);
    if (found !== undefined && found.version.split(".")[0] === version.split(".")[0]) return found;
    reasons.push(`${candidate} ${found === undefined ? "cannot be run" : `is Python ${found.version}`}`);
  }
  throw missing(language, reasons);
}

async function ask(command: string): Promise<PythonInterpreter | undefined> {
  const file = isAbsolute(command) ? command : onPath(command);
  if (file === undefined) return undefined;
  try {
    const { exitCode, stdout } = await runProcess({ file, args: ["-E", "-s", "-c", ASK], env: ENVIRONMENT, timeLimitMs: ASK_LIMIT_MS });
    return exitCode === 0 ? interpreter(JSON.parse(stdout)) : undefined;
  } catch {
    return undefined;
  }
}

/** Where this process's own PATH has a program; children get another one. */
function onPath(command: string): string | undefined {
  const directories = (process.env["PATH"] ?? "").split(delimiter).filter((directory) => directory !== "");
  return directories.map((directory) => join(directory, command)).find((file) => existsSync(file));
}

function interpreter(answer: unknown): PythonInterpreter | undefined {
  if (!isJsonObject(answer)) return undefined;
  const { executable, prefix, version } = answer;
  if (typeof executable !== "string" || typeof prefix !== "string" || typeof version !== "string") return undefined;
  return { executable, prefix, version };
}

function missing(language: PythonLanguage, reasons: readonly string[]): EngineError {
  const { version } = PYTHON_LANGUAGES[language];
  return new EngineError("INTERPRETER_MISSING", `This machine has no Python for ${language}: ${reasons.join(", and ")}.`, {
    action: `Install Python ${version}, or name an interpreter as OPENDVP_${language} in the environment, or for an engine as interpreters.${language} in its configuration.json.`,
    details: { language, tried: [...reasons] },
  });
}
