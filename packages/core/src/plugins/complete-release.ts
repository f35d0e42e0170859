import { EngineError } from "@opendvp/model";
import type { KnownPlugin, Plugin } from "../entities/plugin.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import { readArtifact } from "./read-release.ts";

/**
 * An installed version with its migrations. The catalogs of before did not keep these: then its artifact tells.
 * @throws EngineError `PLUGIN_REFUSED` where that is gone or damaged
 */
export async function completeRelease(artifacts: Pick<ArtifactStore, "get">, plugin: Plugin): Promise<KnownPlugin> {
  const { migrationIds } = plugin;
  if (migrationIds !== null) return { ...plugin, migrationIds };
  const artifact = await artifacts.get(plugin.artifact);
  if (artifact === undefined) throw unknown(plugin, "is gone");
  try {
    return { ...plugin, migrationIds: readArtifact(artifact).claims?.migrationIds ?? [] };
  } catch (error) {
    throw unknown(plugin, "cannot be read", EngineError.from(error));
  }
}

/** To take it for one without migrations would let its objects pass them a second time. */
function unknown({ prettyName, buildNumber, artifact, reference }: Plugin, why: string, cause?: EngineError): EngineError {
  const reason = cause === undefined ? "" : `: ${cause.message}`;
  return new EngineError(
    "PLUGIN_REFUSED",
    `Which migrations the objects of the installed ${prettyName} ${buildNumber} have been through is not known: its artifact ${artifact} ${why}${reason}`,
    {
      action: "Put that artifact back from a backup of the engine's data directory, or delete the plugin with its datasets.",
      details: { plugin: reference, artifact },
      cause,
    },
  );
}
