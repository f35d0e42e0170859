import { EngineError } from "@opendvp/model";

/** An artifact that must not be unpacked. */
export function invalidArtifact(problem: string, cause?: unknown): EngineError {
  return new EngineError("PLUGIN_INVALID", `The plugin's artifact cannot be unpacked: ${problem}.`, {
    action: "Build the artifact again with `dvp build` and upload it.",
    cause,
  });
}
