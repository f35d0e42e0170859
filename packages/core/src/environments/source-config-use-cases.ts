import { EngineError } from "@opendvp/model";
import { found } from "../datasets/scenes.ts";
import type { Plugin } from "../entities/plugin.ts";
import type { Repository, SourceConfig } from "../entities/repository.ts";
import { exclusive, shared } from "../jobs/locks.ts";
import type { Choose } from "../jobs/workflow.ts";
import type { CatalogReads } from "../ports/catalog.ts";
import { sourceConfigNaming } from "../plugins/naming.ts";
import type { Ask } from "../use-cases/asking.ts";
import type { SourceConfigUseCases } from "../use-cases/source-config-use-cases.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";

/** Source configs that users add, change and remove by hand. */
export function createSourceConfigUseCases(parts: UseCaseParts): SourceConfigUseCases {
  const { objects } = parts.catalog;
  const accept = (plugin: Plugin, data: SourceConfig["data"], former: SourceConfig["data"] = {}): SourceConfig["data"] =>
    parts.definitions.acceptChange(
      { plugin, definition: "sourceConfigDefinition" },
      { next: data, former },
      { code: "PARAMETERS_INVALID", what: "The source config" },
    );
  return {
    add: async (repositoryReference, data, ask) => {
      const change = async (choose: Choose) => {
        const { repository, plugin } = await around(choose.objects, repositoryReference);
        if (!plugin.hasManualDiscovery) {
          throw new EngineError("UNSUPPORTED", `Plugin ${plugin.name} does not allow source configs added by hand.`, {
            action: "Refresh the environment: the plugin discovers them.",
          });
        }
        const accepted = accept(plugin, data);
        const naming = sourceConfigNaming(plugin, accepted);
        await mustBeNew(choose.objects, repository, naming);
        const reference = await choose.reference("APPDATA_SOURCE_CONFIG");
        const row: SourceConfig = {
          reference,
          repository: repository.reference,
          ...naming,
          data: accepted,
          isDiscovered: false,
          isAvailable: true,
          createdAt: parts.now(),
        };
        return { changes: [{ collection: "sourceConfigs", insert: row }] as const, target: reference, result: reference };
      };
      const { plugin } = await around(objects, repositoryReference);
      const locks = [shared(repositoryReference), shared(plugin.reference)];
      return (await parts.changes.apply({ title: "Add source config", operation: "source.add", locks, change }, ask)).result;
    },
    update: async (reference, data, ask) => {
      const change = async (choose: Choose) => {
        const row = found(await choose.objects.sourceConfigs.find(reference), reference);
        const { repository, plugin } = await around(choose.objects, row.repository);
        const accepted = accept(plugin, data, row.data);
        const naming = sourceConfigNaming(plugin, accepted);
        if (naming.identity !== row.identity) await mustBeNew(choose.objects, repository, naming);
        return {
          changes: [{ collection: "sourceConfigs", update: reference, set: { ...naming, data: accepted } }] as const,
          target: reference,
          result: undefined,
        };
      };
      const { name, repository } = found(await objects.sourceConfigs.find(reference), reference);
      const { plugin } = await around(objects, repository);
      const locks = [exclusive(reference), shared(plugin.reference)];
      await parts.changes.apply({ title: `Update source config ${name}`, operation: "source.update", locks, change }, ask);
    },
    delete: (reference, ask) => remove(parts, reference, ask),
  };
}

async function remove(parts: UseCaseParts, reference: SourceConfig["reference"], ask: Ask): Promise<void> {
  const { objects } = parts.catalog;
  const { name, repository } = found(await objects.sourceConfigs.find(reference), reference);
  const { plugin } = await around(objects, repository);
  const change = async (choose: Choose) => {
    await mustNotBeLinked(choose.objects, { reference, name });
    return { changes: [{ collection: "sourceConfigs", remove: reference }] as const, target: null, result: undefined };
  };
  const locks = [exclusive(reference), shared(plugin.reference)];
  await parts.changes.apply({ title: `Delete source config ${name}`, operation: "source.delete", locks, change }, ask);
}

async function around(
  objects: CatalogReads,
  reference: Repository["reference"],
): Promise<{ readonly repository: Repository; readonly plugin: Plugin }> {
  const repository = found(await objects.repositories.find(reference), reference);
  return { repository, plugin: found(await objects.plugins.find(repository.plugin), repository.plugin) };
}

async function mustBeNew(
  objects: CatalogReads,
  repository: Repository,
  naming: { readonly identity: string; readonly name: string },
): Promise<void> {
  const [same] = await objects.sourceConfigs.list({ where: { repository: repository.reference, identity: naming.identity }, limit: 1 });
  if (same === undefined) return;
  throw new EngineError("NAME_TAKEN", `Repository ${repository.name} already has this source config: ${same.name} (${same.reference}).`, {
    action: "Use that one.",
    details: { reference: same.reference },
  });
}

async function mustNotBeLinked(objects: CatalogReads, { reference, name }: Pick<SourceConfig, "reference" | "name">): Promise<void> {
  const users = await objects.datasets.list({ where: { sourceConfig: reference } });
  if (users.length === 0) return;
  const names = users.map((dataset) => `${dataset.name} (${dataset.reference})`).join(", ");
  throw new EngineError("IN_USE", `Source config ${name} cannot be deleted: ${names} is linked from it.`, {
    action: "Delete that dSource first.",
  });
}
