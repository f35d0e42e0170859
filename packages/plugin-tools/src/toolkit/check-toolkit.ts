import type { Problem, ToolkitParts } from "@opendvp/model";
import { inspectToolkitDirectory } from "./inspect-toolkit-directory.ts";

export interface CheckedToolkit {
  /** What keeps the toolkit from being built. */
  readonly problems: readonly Problem[];
  /** What it can be built with, but is probably not meant. */
  readonly warnings: readonly Problem[];
  /** Absent where there are problems. */
  readonly parts?: ToolkitParts;
}

/**
 * Every problem of a toolkit's directory, with file and line. Writes nothing.
 * @throws EngineError `NOT_FOUND` where there is no main.json, `TOO_LARGE`
 */
export async function checkToolkit(sourceDirectory: string): Promise<CheckedToolkit> {
  const { problems, warnings, toolkit } = await inspectToolkitDirectory(sourceDirectory);
  return { problems, warnings, ...(toolkit === undefined ? {} : { parts: toolkit.parts }) };
}
