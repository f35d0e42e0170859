import { join, resolve } from "node:path";
import { ARTIFACT_LIMITS, EngineError, formatToolkitArtifact, pluginInvalid, type Problem, type ToolkitParts } from "@opendvp/model";
import { writeIfChanged } from "../write-if-changed.ts";
import { inspectToolkitDirectory } from "./inspect-toolkit-directory.ts";

export interface BuildToolkitRequest {
  readonly sourceDirectory: string;
  /** Absent = `artifact.json` beside main.json. */
  readonly artifactFile?: string;
}

export interface BuiltToolkit {
  readonly parts: ToolkitParts;
  readonly artifact: { readonly file: string; readonly sizeBytes: number };
  readonly warnings: readonly Problem[];
}

/**
 * Builds the artifact of a toolkit: main.json, its scripts, resources, messages and upgrade scripts in one file. Equal
 * directories make equal artifacts, byte for byte; a former artifact stays as it is until the new one is complete.
 * @throws EngineError `PLUGIN_INVALID` with every problem; `NOT_FOUND` where there is no main.json, `TOO_LARGE`
 */
export async function buildToolkit({ sourceDirectory, artifactFile }: BuildToolkitRequest): Promise<BuiltToolkit> {
  const { problems, warnings, toolkit } = await inspectToolkitDirectory(sourceDirectory);
  if (problems.length > 0 || toolkit === undefined) throw pluginInvalid(problems, "Correct the toolkit and build it again.");
  const text = formatToolkitArtifact(toolkit.artifact);
  const sizeBytes = Buffer.byteLength(text);
  if (sizeBytes > ARTIFACT_LIMITS.artifactBytes) {
    throw new EngineError(
      "TOO_LARGE",
      `The artifact would have ${String(sizeBytes)} bytes; engines accept ${String(ARTIFACT_LIMITS.artifactBytes)}.`,
      {
        action: "Leave out of the toolkit's directory what it does not need.",
        details: { limitBytes: ARTIFACT_LIMITS.artifactBytes },
      },
    );
  }
  const file = resolve(artifactFile ?? join(sourceDirectory, "artifact.json"));
  await writeIfChanged(file, text);
  return { parts: toolkit.parts, artifact: { file, sizeBytes }, warnings };
}
