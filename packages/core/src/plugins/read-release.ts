import {
  ARTIFACT_LIMITS,
  EngineError,
  formatProblem,
  isJsonObject,
  parseArtifact,
  parseToolkitArtifact,
  type ApiVersion,
  type JsonObject,
  type PluginParts,
} from "@opendvp/model";
import type { PluginRelease } from "../entities/plugin.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import type { PluginRuntime } from "../ports/plugin-runtime.ts";

/** What an artifact says of itself: all that is known without starting its code. */
export interface ReadArtifact {
  readonly release: Omit<PluginRelease, "operations" | "migrationIds" | "luaMigrations" | "artifact">;
  readonly warnings: readonly string[];
  /** As it is to be kept: it says itself which API it was built for. */
  readonly artifact: Uint8Array;
}

/**
 * Reads the artifact of a plugin or of a toolkit; that one must have been built for the session that it comes in.
 * @throws EngineError `PLUGIN_INVALID`, `PLUGIN_REFUSED`, `TOO_LARGE`, `UNSUPPORTED`
 */
export function readArtifact(artifact: Uint8Array, session?: ApiVersion): ReadArtifact {
  const toolkit = toolkitIn(artifact);
  const { release, warnings } = toolkit === undefined ? readPlugin(artifact) : readToolkit(toolkit, session);
  const isMute = toolkit !== undefined && session !== undefined && (toolkit["buildApi"] ?? null) === null;
  if (!release.hostTypes.includes("UNIX")) {
    throw new EngineError("UNSUPPORTED", `${release.prettyName} is for Windows hosts, which the engine cannot reach by now.`, {
      action: "Upload one with hostTypes UNIX.",
    });
  }
  return { release, warnings, artifact: isMute ? encoded({ ...toolkit, buildApi: { ...session } }) : artifact };
}

function encoded(artifact: JsonObject): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(artifact));
}

function toolkitIn(artifact: Uint8Array): JsonObject | undefined {
  if (artifact.length > ARTIFACT_LIMITS.artifactBytes) return undefined;
  try {
    const content: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(artifact));
    return isJsonObject(content) && content["type"] === "Toolkit" ? content : undefined;
  } catch {
    return undefined;
  }
}

type Read = Omit<ReadArtifact, "artifact">;

function readPlugin(artifact: Uint8Array): Read {
  const { parts, warnings } = parseArtifact(artifact);
  const release = {
    ...commonParts(parts),
    kind: "PLUGIN",
    prettyName: parts.name,
    externalVersion: parts.externalVersion ?? parts.buildNumber,
    lua: parts.lua ?? null,
  } as const;
  return { release, warnings: warnings.map(formatProblem) };
}

function readToolkit(artifact: JsonObject, session?: ApiVersion): Read {
  const { parts, warnings } = parseToolkitArtifact(artifact, session);
  const { kind, prettyName, buildNumber: externalVersion } = parts;
  return { release: { ...commonParts(parts), kind, prettyName, externalVersion, lua: null }, warnings: warnings.map(formatProblem) };
}

type Common = Omit<ReadArtifact["release"], "kind" | "prettyName" | "externalVersion" | "lua">;

function commonParts(parts: Omit<PluginParts, "hostTypes" | "sourceCode"> & { readonly hostTypes: readonly string[] }): Common {
  return {
    pluginId: parts.pluginId,
    name: parts.name,
    buildNumber: parts.buildNumber,
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
