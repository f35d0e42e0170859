import { EngineError } from "../errors/engine-error.ts";
import { isJsonObject, type JsonObject } from "../json/json.ts";
import { compareApiVersions, formatApiVersion, readApiVersion } from "../toolkit/build-api.ts";
import { artifactLabel } from "./artifact-label.ts";
import { ENGINE_API_VERSION, type ApiVersion } from "./plugin-artifact.ts";

/**
 * Refuses the artifact of a plugin that needs a newer engine API than this one has, or was built by a tool of another major version.
 * One that says nothing is fine. Of a buildApi only the major version counts: the public tools count an API of their own there, from
 * 1.0.0 on, apart from the engine's.
 * @throws EngineError `PLUGIN_REFUSED`, `PLUGIN_INVALID` where it is no version at all
 */
export function checkApiVersions(artifact: JsonObject): void {
  const [engineApi, buildApi] = [versionIn(artifact, "engineApi"), versionIn(artifact, "buildApi")];
  const newest = formatApiVersion(ENGINE_API_VERSION);
  if (engineApi !== undefined && compareApiVersions(engineApi, ENGINE_API_VERSION) > 0) {
    throw new EngineError(
      "PLUGIN_REFUSED",
      `The ${artifactLabel(artifact)} needs the engine API ${formatApiVersion(engineApi)}; this engine has ${newest}.`,
      {
        action: "Upgrade the engine, or build the plugin with an older tool.",
      },
    );
  }
  if (buildApi !== undefined && buildApi.major !== ENGINE_API_VERSION.major) {
    const built = formatApiVersion(buildApi);
    throw new EngineError(
      "PLUGIN_REFUSED",
      `The ${artifactLabel(artifact)} was built for the API ${built}, which this engine, of ${newest}, does not know.`,
      {
        action: "Upgrade the engine, or build the plugin again with `dvp build`.",
        details: { buildApi: built, newest },
      },
    );
  }
}

function versionIn(artifact: JsonObject, member: "engineApi" | "buildApi"): ApiVersion | undefined {
  const value = artifact[member];
  if (value === undefined || value === null) return undefined;
  const version = isJsonObject(value) ? readApiVersion(value) : undefined;
  if (version !== undefined) return version;
  throw new EngineError("PLUGIN_INVALID", `The ${member} of the ${artifactLabel(artifact)} is no version.`, {
    action: "Build the plugin again.",
  });
}
