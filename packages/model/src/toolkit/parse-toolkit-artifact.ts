import { artifactLabel } from "../artifact/artifact-label.ts";
import { EngineError } from "../errors/engine-error.ts";
import { ARTIFACT_LIMITS, type ApiVersion } from "../artifact/plugin-artifact.ts";
import type { JsonObject } from "../json/json.ts";
import { isDeeperThan } from "../json/is-deeper-than.ts";
import { pluginInvalid, type Problem } from "../problems/problem.ts";
import { decideBuildApi } from "./build-api.ts";
import { inspectToolkit } from "./inspect-toolkit.ts";
import type { ToolkitArtifact, ToolkitParts } from "./toolkit-artifact.ts";
import { translateToolkit } from "./translation/translate-toolkit.ts";

export interface ParsedToolkit {
  readonly parts: ToolkitParts;
  /** In the form of the current API: what `toolkit.json` holds. */
  readonly artifact: ToolkitArtifact;
  /** What the artifact was built for, and translated from. */
  readonly buildApi: ApiVersion;
  readonly warnings: readonly Problem[];
}

/**
 * Reads, translates and checks the artifact of a toolkit. `session` is the version of the session that it is uploaded
 * in, where there is one.
 * @throws EngineError `PLUGIN_INVALID` with everything that is wrong; `PLUGIN_REFUSED` where its buildApi is not the
 *   session's, is older than 1.5.0 or is unknown
 */
export function parseToolkitArtifact(artifact: JsonObject, session?: ApiVersion): ParsedToolkit {
  if (artifact["type"] !== "Toolkit") {
    throw pluginInvalid([{ where: "type", message: 'must be "Toolkit"' }], "Upload the file that `dvp toolkit build` writes.");
  }
  if (isDeeperThan(artifact, ARTIFACT_LIMITS.deepestLevel)) {
    throw new EngineError(
      "PLUGIN_INVALID",
      `The ${artifactLabel(artifact)} is nested deeper than ${String(ARTIFACT_LIMITS.deepestLevel)} levels.`,
      {
        action: "Build it again.",
      },
    );
  }
  const buildApi = decideBuildApi(artifact, session);
  const translated = translateToolkit(artifact, buildApi);
  const { problems, warnings, toolkit } = inspectToolkit(translated.toolkit);
  const found = [...translated.problems, ...problems];
  if (found.length > 0 || toolkit === undefined)
    throw pluginInvalid(
      found.map((problem) => ({ file: artifactLabel(artifact), ...problem })),
      "Correct the toolkit and build it again.",
    );
  return { ...toolkit, buildApi, warnings: [...translated.warnings, ...warnings] };
}
