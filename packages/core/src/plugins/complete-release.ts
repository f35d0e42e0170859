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
  const artifact = await readable(plugin, () => artifacts.get(plugin.artifact));
  if (artifact === undefined) throw unknown(plugin, "is gone");
  const { claims } = await readable(plugin, () => Promise.resolve().then(() => readArtifact(artifact)));
  return { ...plugin, migrationIds: claims?.migrationIds ?? [] };
}

async function readable<T>(plugin: Plugin, read: () => Promise<T>): Promise<T> {
  return read().catch((error: unknown) => {
    throw error instanceof EngineError ? unknown(plugin, "cannot be read", error) : error;
  });
}

/** To take it for one without migrations would let its objects pass them a second time. */
function unknown({ prettyName, buildNumber, artifact, reference }: Plugin, why: string, cause?: EngineError): EngineError {
  const reason = cause === undefined ? "" : `: ${cause.message}`;
  return new EngineError(
    "PLUGIN_REFUSED",
    `Which migrations the objects of the installed ${prettyName} ${buildNumber} have been through is not known: its artifact ${artifact} ${why}${reason}`,
    {
      action: `Upload the artifact of ${buildNumber} again: it takes that one's place. Where it is lost, the plugin can only be deleted with its datasets.`,
      details: { plugin: reference, artifact },
      cause,
    },
  );
}
