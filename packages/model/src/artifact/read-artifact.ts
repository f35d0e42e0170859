import { EngineError } from "../errors/engine-error.ts";
import { isDeeperThan } from "../json/is-deeper-than.ts";
import { isJsonObject, type JsonObject } from "../json/json.ts";
import { artifactLabel } from "./artifact-label.ts";
import { ARTIFACT_LIMITS } from "./plugin-artifact.ts";

/**
 * The object that an uploaded file holds: of a plugin or of a toolkit, as its `type` says.
 * @throws EngineError `TOO_LARGE`, `PLUGIN_INVALID` where it is no JSON, no object, or nested too deep
 */
export function readArtifact(bytes: Uint8Array): JsonObject {
  if (bytes.length > ARTIFACT_LIMITS.artifactBytes) {
    throw new EngineError(
      "TOO_LARGE",
      `The artifact has ${String(bytes.length)} bytes; at most ${String(ARTIFACT_LIMITS.artifactBytes)} are accepted.`,
      {
        action: "Leave out of the source directory what the plugin does not need.",
        details: { limitBytes: ARTIFACT_LIMITS.artifactBytes },
      },
    );
  }
  const artifact = parse(bytes);
  if (isJsonObject(artifact)) return notTooDeep(artifact);
  throw new EngineError("PLUGIN_INVALID", "What was uploaded is no artifact of a plugin.", {
    action: "Upload the file that `dvp build` writes.",
  });
}

function notTooDeep(artifact: JsonObject): JsonObject {
  const { deepestLevel } = ARTIFACT_LIMITS;
  if (!isDeeperThan(artifact, deepestLevel)) return artifact;
  throw new EngineError(
    "PLUGIN_INVALID",
    `The artifact of the ${artifactLabel(artifact)} is nested deeper than ${String(deepestLevel)} levels.`,
    {
      action: "Make the plugin's schemas less deep, and build it again.",
      details: { limitLevels: deepestLevel },
    },
  );
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (thrown) {
    throw new EngineError("PLUGIN_INVALID", "The artifact is not JSON.", {
      action: "Upload the file that `dvp build` writes.",
      cause: thrown,
    });
  }
}
