import { EngineError, type JsonObject, type Reference } from "@opendvp/model";
import type { Plugin } from "../entities/plugin.ts";
import type { Repository, SourceConfig } from "../entities/repository.ts";
import type { Change } from "../ports/catalog.ts";
import { repositoryNaming, sourceConfigNaming } from "../plugins/naming.ts";
import type { Choose } from "../jobs/workflow.ts";

/** What one plugin found on an environment. */
export interface Discovered {
  readonly data: JsonObject;
  readonly sourceConfigs: readonly JsonObject[];
}

export interface MergeWhere {
  readonly plugin: Plugin;
  readonly environment: Reference<"UNIX_HOST_ENVIRONMENT">;
  readonly now: string;
}

/**
 * Merges what was found with what is known, by the schemas' identity fields: the same identity is updated, a new one
 * added, a known one that was not found marked unavailable. Nothing is deleted: a dataset may use it. It is an observation,
 * like a status: a job that shares an object of it is told that it stays, not that its host does.
 */
export async function mergeDiscovered(where: MergeWhere, found: readonly Discovered[], choose: Choose): Promise<readonly Change[]> {
  const known = await choose.objects.repositories.list({ where: { environment: where.environment, plugin: where.plugin.reference } });
  const changes: Change[] = [];
  for (const one of found) {
    const naming = repositoryNaming(where.plugin, one.data);
    const same = known.find((repository) => repository.identity === naming.identity);
    const reference = same?.reference ?? (await choose.reference("APPDATA_REPOSITORY"));
    changes.push(repositoryChange(where, { reference, ...naming, data: one.data }, same));
    changes.push(...(await mergeSourceConfigs(where, { repository: reference, found: one.sourceConfigs }, choose)));
  }
  const identities = new Set(found.map((one) => repositoryNaming(where.plugin, one.data).identity));
  for (const gone of known.filter((repository) => !identities.has(repository.identity))) {
    changes.push({ collection: "repositories", update: gone.reference, set: { isAvailable: false } });
    changes.push(...(await mergeSourceConfigs(where, { repository: gone.reference, found: [] }, choose)));
  }
  return changes;
}

async function mergeSourceConfigs(
  where: MergeWhere,
  at: { readonly repository: Reference<"APPDATA_REPOSITORY">; readonly found: readonly JsonObject[] },
  choose: Choose,
): Promise<readonly Change[]> {
  const known = await choose.objects.sourceConfigs.list({ where: { repository: at.repository } });
  const changes: Change[] = [];
  const identities = new Set<string>();
  for (const data of at.found) {
    const naming = sourceConfigNaming(where.plugin, data);
    identities.add(naming.identity);
    const same = known.find((sourceConfig) => sourceConfig.identity === naming.identity);
    if (same !== undefined) {
      changes.push({
        collection: "sourceConfigs",
        update: same.reference,
        set: { name: naming.name, data, isDiscovered: true, isAvailable: true },
      });
      continue;
    }
    const reference = await choose.reference("APPDATA_SOURCE_CONFIG");
    const row: SourceConfig = {
      reference,
      repository: at.repository,
      ...naming,
      data,
      isDiscovered: true,
      isAvailable: true,
      createdAt: where.now,
    };
    changes.push({ collection: "sourceConfigs", insert: row });
  }
  // One that a user added by hand is never looked for, so that it cannot go missing.
  const gone = known.filter((sourceConfig) => sourceConfig.isDiscovered && !identities.has(sourceConfig.identity));
  return [
    ...changes,
    ...gone.map(({ reference }): Change => ({ collection: "sourceConfigs", update: reference, set: { isAvailable: false } })),
  ];
}

function repositoryChange(
  where: MergeWhere,
  next: Pick<Repository, "reference" | "name" | "identity" | "data">,
  same: Repository | undefined,
): Change {
  if (same !== undefined)
    return { collection: "repositories", update: same.reference, set: { name: next.name, data: next.data, isAvailable: true } };
  const { environment, plugin, now } = where;
  return { collection: "repositories", insert: { ...next, environment, plugin: plugin.reference, isAvailable: true, createdAt: now } };
}

/** @throws EngineError `PLUGIN_RESULT_INVALID` where two found objects have the same identity */
export function checkDistinct(plugin: Plugin, found: readonly Discovered[]): void {
  const repositories = found.map((one) => repositoryNaming(plugin, one.data));
  const lists = [repositories, ...found.map((one) => one.sourceConfigs.map((data) => sourceConfigNaming(plugin, data)))];
  for (const list of lists) {
    const seen = new Set<string>();
    for (const { identity, name } of list) {
      if (seen.has(identity)) {
        throw new EngineError(
          "PLUGIN_RESULT_INVALID",
          `Plugin ${plugin.name} discovered ${JSON.stringify(name)} twice: two objects have the same values in identityFields.`,
          {
            action: "This is a defect of the plugin: report it to its author.",
          },
        );
      }
      seen.add(identity);
    }
  }
}
