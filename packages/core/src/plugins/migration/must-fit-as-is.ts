import { isSameJson } from "@opendvp/model";
import type { KnownPlugin, PluginRelease } from "../../entities/plugin.ts";
import type { CatalogReads } from "../../ports/catalog.ts";
import { migrationsFor } from "./migration-plan.ts";
import { Migrator, type MigratorParts } from "./migrator.ts";
import { DEFINITION_OF_KIND } from "./stored-value.ts";
import { objectsOfPlugin, storedValues } from "./stored-values.ts";

/**
 * Refuses a release at once whose schemas its objects do not fit, where no migration is going to change these. Runs none of its code.
 * @throws EngineError `PLUGIN_REFUSED`
 */
export async function mustFitAsIs(
  parts: MigratorParts & { readonly objects: CatalogReads },
  release: PluginRelease,
  predecessors: readonly KnownPlugin[],
): Promise<void> {
  const scope = { release, processName: "", signal: new AbortController().signal, logSubject: "" };
  const migrator = new Migrator(parts, scope);
  for (const plugin of predecessors) {
    if (isSameJson({ ...plugin.schemas }, { ...release.schemas })) continue;
    const values = storedValues(await objectsOfPlugin(parts.objects, plugin), release);
    for (const value of values) {
      const definition = DEFINITION_OF_KIND[value.kind];
      if (isSameJson(plugin.schemas[definition], release.schemas[definition])) continue;
      if (migrationsFor(value.kind, plugin, release).length === 0) await migrator.migrate(value);
    }
  }
}
