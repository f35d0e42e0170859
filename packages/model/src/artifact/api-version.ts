import { EngineError } from "../errors/engine-error.ts";
import { isJsonObject, type JsonObject } from "../json/json.ts";
import { artifactLabel } from "./artifact-label.ts";
import { ENGINE_API_VERSION } from "./plugin-artifact.ts";

/**
 * Refuses an artifact that was built for a newer engine API than this one has. One that says nothing is fine.
 * @throws EngineError `PLUGIN_REFUSED`, `PLUGIN_INVALID` where it is no version at all
 */
export function checkApiVersion(artifact: JsonObject): void {
  const { engineApi } = artifact;
  if (engineApi === undefined || engineApi === null) return;
  const parts = isJsonObject(engineApi) ? [engineApi["major"], engineApi["minor"], engineApi["micro"]] : [];
  if (parts.length !== 3 || !parts.every((part) => typeof part === "number" && Number.isInteger(part) && part >= 0)) {
    throw new EngineError("PLUGIN_INVALID", `The engineApi of the ${artifactLabel(artifact)} is no version.`, {
      action: "Build the plugin again.",
    });
  }
  const needed = parts as readonly number[];
  const present = [ENGINE_API_VERSION.major, ENGINE_API_VERSION.minor, ENGINE_API_VERSION.micro];
  const index = needed.findIndex((part, position) => part !== present[position]);
  if (index !== -1 && (needed[index] ?? 0) > (present[index] ?? 0)) {
    throw new EngineError(
      "PLUGIN_REFUSED",
      `The ${artifactLabel(artifact)} needs the engine API ${needed.join(".")}; this engine has ${present.join(".")}.`,
      {
        action: "Upgrade the engine, or build the plugin with an older tool.",
      },
    );
  }
}
