import { EngineError, type Reference } from "@opendvp/model";
import { found } from "../datasets/scenes.ts";
import type { Plugin } from "../entities/plugin.ts";
import { exclusive } from "../jobs/locks.ts";
import type { Choose, Workflow } from "../jobs/workflow.ts";
import type { CatalogReads, Change } from "../ports/catalog.ts";
import type { Ask } from "../use-cases/asking.ts";
import type { PluginUseCases } from "../use-cases/plugin-use-cases.ts";
import { activateRequest, activeInstead, type ActivateInput } from "./activate.ts";
import type { PluginUseCaseParts } from "./plugin-use-case-parts.ts";
import { ToolkitContents } from "./toolkit-contents.ts";
import type { UpgradeFacts } from "./upgrade-facts.ts";
import { createUploads } from "./upload.ts";

/** What can be asked of plugins. */
export function createPluginUseCases(parts: PluginUseCaseParts, upgrade: Workflow<UpgradeFacts>): PluginUseCases {
  const { objects } = parts.catalog;
  const requestParts = { objects, artifacts: parts.artifacts };
  const toolkits = new ToolkitContents(requestParts);
  const activate = parts.jobs.takes<ActivateInput, UpgradeFacts>("plugin.activate", activateRequest(requestParts, upgrade));
  return {
    ...createUploads(parts, upgrade),
    activate: async (inactive, ask, { mayExpose = false } = {}) => {
      const into = await activeInstead(objects, inactive);
      return { ...(await activate({ inactive, into, mayExpose }, { ...ask, isQueued: true })), plugin: into };
    },
    delete: (reference, ask) => remove(parts, reference, ask),
    toolkit: (reference) => toolkits.of(reference),
    logs: async (reference) => parts.logs.files(found(await objects.plugins.find(reference), reference).name),
    processes: () => parts.runtime.status(),
  };
}

async function remove(parts: PluginUseCaseParts, reference: Reference<"APPDATA_TOOLKIT">, ask: Ask): Promise<Reference<"ACTION">> {
  const plugin = found(await parts.catalog.objects.plugins.find(reference), reference);
  const change = async (choose: Choose) => ({ changes: await removing(choose.objects, plugin), target: null, result: undefined });
  const { action } = await parts.changes.apply(
    { title: `Delete plugin ${plugin.name}`, operation: "plugin.delete", locks: [exclusive(reference)], change },
    ask,
  );
  await parts.runtime.retire(reference);
  await parts.held.letGo(plugin.artifact);
  return action;
}

async function removing(objects: CatalogReads, plugin: Plugin): Promise<readonly Change[]> {
  const datasets = await objects.datasets.list({ where: { plugin: plugin.reference } });
  if (datasets.length > 0) {
    const names = datasets.map(({ name, reference }) => `${name} (${reference})`).join(", ");
    throw new EngineError("IN_USE", `Plugin ${plugin.name} cannot be deleted: datasets use it: ${names}.`, {
      action: "Delete those datasets first.",
    });
  }
  const repositories = await objects.repositories.list({ where: { plugin: plugin.reference } });
  const sourceConfigs = await objects.sourceConfigs.list({ where: { repository: repositories.map(({ reference }) => reference) } });
  return [
    ...sourceConfigs.map(({ reference }): Change => ({ collection: "sourceConfigs", remove: reference })),
    ...repositories.map(({ reference }): Change => ({ collection: "repositories", remove: reference })),
    { collection: "plugins", remove: plugin.reference },
  ];
}
