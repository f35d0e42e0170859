import {
  artifactLabel,
  EngineError,
  formatProblem,
  parsePluginArtifact,
  parseToolkitArtifact,
  readArtifact as readJsonArtifact,
  type ApiVersion,
  type JsonObject,
  type PluginParts,
} from "@opendvp/model";
import type { PluginRelease } from "../entities/plugin.ts";
import type { Claims } from "./check-claims.ts";
import { withinTime } from "./within-time.ts";

/** What an artifact says of itself: all that is known without starting its code. */
export interface ReadArtifact {
  readonly release: Omit<PluginRelease, "operations" | "migrationIds" | "luaMigrations" | "artifact">;
  /** What the artifact of a plugin says that its code implements; of a toolkit it follows from the scripts. */
  readonly claims?: Claims;
  readonly warnings: readonly string[];
  /** As it is to be kept: it says itself which API it was built for. */
  readonly artifact: Uint8Array;
}

/** An honest schema is read in milliseconds. The engine does nothing else meanwhile. */
const READ_LIMIT_MS = 10_000;

/**
 * Reads the artifact of a plugin or of a toolkit; that one must have been built for the session that it comes in.
 * @throws EngineError `PLUGIN_INVALID`, `PLUGIN_REFUSED`, `TOO_LARGE`, `UNSUPPORTED`
 */
export function readArtifact(artifact: Uint8Array, session?: ApiVersion): ReadArtifact {
  const content = readJsonArtifact(artifact);
  const done = withinTime(READ_LIMIT_MS, () =>
    content["type"] === "Toolkit" ? readToolkit(content, { artifact, session }) : readPlugin(content, artifact),
  );
  if (done === undefined) throw unreadable(artifactLabel(content));
  const { release } = done.value;
  if (!release.hostTypes.includes("UNIX")) {
    throw new EngineError(
      "UNSUPPORTED",
      `${release.prettyName} ${release.buildNumber} is for Windows hosts, which the engine cannot reach by now.`,
      {
        action: "Upload one with hostTypes UNIX.",
      },
    );
  }
  return done.value;
}

function unreadable(label: string): EngineError {
  return new EngineError(
    "PLUGIN_INVALID",
    `The artifact of the ${label} cannot be read within ${READ_LIMIT_MS / 1000} s: its schemas are too large.`,
    {
      action: "Make lists of values, properties and definitions in the plugin's schemas shorter, and build it again.",
      details: { limitMs: READ_LIMIT_MS },
    },
  );
}

function readPlugin(content: JsonObject, artifact: Uint8Array): ReadArtifact {
  const { parts, foreignOperations, warnings } = parsePluginArtifact(content);
  const release = {
    ...commonParts(parts),
    kind: "PLUGIN",
    prettyName: parts.name,
    externalVersion: parts.externalVersion ?? parts.buildNumber,
    lua: parts.lua ?? null,
  } as const;
  return { release, claims: { ...parts, foreignOperations }, warnings: warnings.map(formatProblem), artifact };
}

interface Upload {
  readonly artifact: Uint8Array;
  readonly session: ApiVersion | undefined;
}

function readToolkit(toolkit: JsonObject, { artifact, session }: Upload): ReadArtifact {
  const { parts, warnings } = parseToolkitArtifact(toolkit, session);
  const { kind, prettyName, buildNumber: externalVersion } = parts;
  const release = { ...commonParts(parts), kind, prettyName, externalVersion, lua: null } as const;
  const isMute = session !== undefined && (toolkit["buildApi"] ?? null) === null;
  return {
    release,
    warnings: warnings.map(formatProblem),
    artifact: isMute ? encoded({ ...toolkit, buildApi: { ...session } }) : artifact,
  };
}

function encoded(artifact: JsonObject): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(artifact));
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
