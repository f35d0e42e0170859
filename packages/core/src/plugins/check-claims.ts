import { EngineError, type OperationName } from "@opendvp/model";
import type { PluginRelease } from "../entities/plugin.ts";
import type { PluginDescription } from "../ports/plugin-runtime.ts";

/** What the manifest of an artifact says that its code implements. */
export interface Claims {
  readonly operations: readonly OperationName[];
  /** Those that plugins of its type do not have. */
  readonly foreignOperations: readonly OperationName[];
  readonly migrationIds: readonly string[];
}

/**
 * What the code implements counts. A manifest that promises more is not of this code; one that tells of less is told about.
 * @throws EngineError `PLUGIN_INVALID`
 */
export function checkClaims(
  { prettyName, buildNumber, pluginType }: Pick<PluginRelease, "prettyName" | "buildNumber" | "pluginType">,
  claims: Claims,
  found: Pick<PluginDescription, "operations" | "migrationIds">,
): readonly string[] {
  const label = `${prettyName} ${buildNumber}`;
  const lacking: readonly string[] = [
    ...without(claims.operations, found.operations),
    ...claims.foreignOperations.map((operation) => `${operation} (which ${pluginType} plugins do not have)`),
    ...migrations(without(claims.migrationIds, found.migrationIds)),
  ];
  if (lacking.length > 0) {
    throw new EngineError("PLUGIN_INVALID", `The manifest of ${label} promises what its code does not implement: ${lacking.join(", ")}.`, {
      action: "Build the plugin again: the manifest and the code of an artifact are made together.",
      details: { plugin: prettyName, lacking },
    });
  }
  const untold: readonly string[] = [
    ...without(found.operations, claims.operations),
    ...migrations(without(found.migrationIds, claims.migrationIds)),
  ];
  if (untold.length === 0) return [];
  return [`The manifest of ${label} does not tell of all that its code implements, which counts all the same: ${untold.join(", ")}.`];
}

function without<T>(all: readonly T[], known: readonly T[]): readonly T[] {
  return all.filter((one) => !known.includes(one));
}

function migrations(ids: readonly string[]): readonly string[] {
  return ids.map((id) => `migration ${id}`);
}
