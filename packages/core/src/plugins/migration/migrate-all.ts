import type { KnownPlugin } from "../../entities/plugin.ts";
import type { CatalogReads } from "../../ports/catalog.ts";
import { Migrator, type MigratedValue, type MigratorParts, type MigratorScope } from "./migrator.ts";
import { objectsOfPlugin, storedValues, type ObjectsOfPlugin } from "./stored-values.ts";

export interface MigratedObjects {
  readonly versions: readonly ObjectsOfPlugin[];
  readonly values: readonly MigratedValue[];
}

/**
 * Migrates copies of all values of the given versions, one after the other, by kind. Changes nothing.
 * @throws EngineError at the first one that fails or does not fit
 */
export async function migrateAll(
  parts: MigratorParts & { readonly objects: CatalogReads },
  scope: MigratorScope & { readonly progress: (percent: number) => void },
  plugins: readonly KnownPlugin[],
): Promise<MigratedObjects> {
  const versions: ObjectsOfPlugin[] = [];
  for (const plugin of plugins) versions.push(await objectsOfPlugin(parts.objects, plugin));
  const all = versions.flatMap((version) => storedValues(version, scope.release));
  const values: MigratedValue[] = [];
  const migrator = new Migrator(parts, scope);
  try {
    for (const value of all) {
      scope.signal.throwIfAborted();
      values.push(await migrator.migrate(value));
      scope.progress((100 * values.length) / all.length);
    }
  } finally {
    await migrator.close();
  }
  return { versions, values };
}
