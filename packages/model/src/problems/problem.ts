import { EngineError } from "../errors/engine-error.ts";
import { endSentence, sentences } from "../errors/sentences.ts";
import type { JsonObject } from "../json/json.ts";

/** Something wrong with a file that a person wrote, or with a value: where it is, what it is, what to do. */
export interface Problem {
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
  /** The field or the path within the file, e.g. `buildNumber` or `repositoryDefinition.properties.name`. */
  readonly where: string;
  /** A sentence without its subject: "must be a UUID". Never contains a value that may be secret. */
  readonly message: string;
  readonly action?: string;
}

/** One line for a reader: `plugin_config.yml:3: buildNumber: must be a string. Quote it: "1.2"`. */
export function formatProblem(problem: Problem): string {
  const file = problem.file === undefined ? "" : `${problem.file}${problem.line === undefined ? "" : `:${String(problem.line)}`}: `;
  const where = problem.where === "" ? "" : `${problem.where}: `;
  return `${file}${where}${sentences(endSentence(problem.message), problem.action ?? "")}`;
}

/** Several problems as the one error that an upload or a build ends with. */
export function pluginInvalid(problems: readonly Problem[], action = "Correct the plugin and build it again."): EngineError {
  return new EngineError("PLUGIN_INVALID", problems.map(formatProblem).join("\n"), {
    action,
    details: { problems: problems.map((problem): JsonObject => ({ ...problem })) },
  });
}
