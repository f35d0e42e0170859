import { EngineError } from "@opendvp/model";
import type { PluginRelease } from "../entities/plugin.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import type { PluginDescription, PluginRuntime } from "../ports/plugin-runtime.ts";
import { checkClaims } from "./check-claims.ts";
import type { ReadArtifact } from "./read-release.ts";

export interface StartReleaseParts {
  readonly runtime: Pick<PluginRuntime, "describe">;
  readonly artifacts: Pick<ArtifactStore, "unpacked">;
}

export interface StartedRelease {
  readonly release: PluginRelease;
  /** Of the artifact and of its code. */
  readonly warnings: readonly string[];
}

/**
 * Starts a plugin as an operation would, and asks what it implements: what does not start is not installed.
 * @throws EngineError `PLUGIN_INVALID`, `INTERPRETER_MISSING`; all name the plugin and its version
 */
export async function startRelease(
  parts: StartReleaseParts,
  { release, claims, warnings }: ReadArtifact,
  sha256: string,
): Promise<StartedRelease> {
  const description = await describe(parts, release, sha256).catch((error: unknown) => {
    throw naming(release, EngineError.from(error));
  });
  const { operations, migrationIds, luaMigrations } = description;
  const untold = claims === undefined ? [] : checkClaims(release, claims, description);
  return {
    release: { ...release, operations, migrationIds, luaMigrations, artifact: sha256 },
    warnings: [...warnings, ...description.warnings, ...untold],
  };
}

async function describe(
  { runtime, artifacts }: StartReleaseParts,
  { name, language, pluginType, entryPoint }: ReadArtifact["release"],
  sha256: string,
): Promise<PluginDescription> {
  const sourceDirectory = await artifacts.unpacked(sha256);
  return runtime.describe({ reference: `upload-${sha256.slice(0, 12)}`, name, language, pluginType, entryPoint, sourceDirectory });
}

function naming({ prettyName, buildNumber }: ReadArtifact["release"], error: EngineError): EngineError {
  return new EngineError(error.code, `${prettyName} ${buildNumber} cannot be installed: ${error.message}`, {
    action: error.action,
    details: { ...error.details, plugin: prettyName, buildNumber },
    cause: error,
  });
}
