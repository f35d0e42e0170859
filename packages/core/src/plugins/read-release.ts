import { EngineError, formatProblem, parseArtifact, type PluginParts } from "@opendvp/model";
import type { PluginRelease } from "../entities/plugin.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import type { PluginRuntime } from "../ports/plugin-runtime.ts";

/** What an artifact says of itself: all that is known without starting its code. */
export interface ReadArtifact {
  readonly release: Omit<PluginRelease, "operations" | "migrationIds" | "luaMigrations" | "artifact">;
  readonly warnings: readonly string[];
}

/** @throws EngineError `PLUGIN_INVALID`, `PLUGIN_REFUSED`, `TOO_LARGE`, `UNSUPPORTED` */
export function readArtifact(artifact: Uint8Array): ReadArtifact {
  const { parts, warnings } = parseArtifact(artifact);
  if (!parts.hostTypes.includes("UNIX")) {
    throw new EngineError("UNSUPPORTED", `Plugin ${parts.name} is for Windows hosts, which the engine cannot reach by now.`, {
      action: "Upload a plugin with hostTypes UNIX.",
    });
  }
  return { release: releaseOf(parts), warnings: warnings.map(formatProblem) };
}

function releaseOf(parts: PluginParts): ReadArtifact["release"] {
  return {
    kind: "PLUGIN",
    pluginId: parts.pluginId,
    name: parts.name,
    prettyName: parts.name,
    buildNumber: parts.buildNumber,
    externalVersion: parts.externalVersion ?? parts.buildNumber,
    language: parts.language,
    pluginType: parts.pluginType,
    hostTypes: parts.hostTypes,
    entryPoint: parts.entryPoint,
    hasManualDiscovery: parts.hasManualDiscovery,
    isRootSquashEnabled: parts.isRootSquashEnabled,
    hasExtendedStartStopHooks: parts.hasExtendedStartStopHooks,
    repositoryIdentityFields: parts.repository.identityFields,
    repositoryNameField: parts.repository.nameField,
    sourceConfigIdentityFields: parts.sourceConfig.identityFields,
    sourceConfigNameField: parts.sourceConfig.nameField,
    schemas: parts.schemas,
    lua: parts.lua ?? null,
  };
}

/**
 * Starts a plugin as an operation would, and asks what it implements: what does not start is not installed.
 * @throws EngineError `PLUGIN_INVALID`
 */
export async function startRelease(
  { runtime, artifacts }: { readonly runtime: PluginRuntime; readonly artifacts: ArtifactStore },
  release: ReadArtifact["release"],
  sha256: string,
): Promise<PluginRelease> {
  const { name, language, pluginType, entryPoint } = release;
  const { operations, migrationIds, luaMigrations } = await runtime.describe({
    reference: `upload-${sha256.slice(0, 12)}`,
    name,
    language,
    pluginType,
    entryPoint,
    sourceDirectory: await artifacts.unpacked(sha256),
  });
  return { ...release, operations, migrationIds, luaMigrations, artifact: sha256 };
}
