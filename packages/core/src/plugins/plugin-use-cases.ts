import { compareBuildNumbers, EngineError, formatProblem, isSameJson, parseArtifact, type PluginParts } from "@opendvp/model";
import { found } from "../datasets/scenes.ts";
import type { Plugin } from "../entities/plugin.ts";
import { exclusive } from "../jobs/locks.ts";
import type { Choose } from "../jobs/workflow.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import type { CatalogReads, Change } from "../ports/catalog.ts";
import type { PluginLogs } from "../ports/plugin-logs.ts";
import type { PluginRuntime } from "../ports/plugin-runtime.ts";
import type { PluginUseCases } from "../use-cases/plugin-use-cases.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";

export interface PluginUseCaseParts extends UseCaseParts {
  readonly artifacts: ArtifactStore;
  readonly runtime: PluginRuntime;
  readonly logs: PluginLogs;
}

/** What can be asked of plugins. */
export function createPluginUseCases(parts: PluginUseCaseParts): PluginUseCases {
  const { objects } = parts.catalog;
  return {
    upload: async (artifact, ask) => {
      const { parts: content, warnings } = parseArtifact(artifact);
      const sha256 = await parts.artifacts.put(artifact);
      try {
        const plugin = await describe(parts, { content, sha256 });
        const [installed] = await objects.plugins.list({ where: { pluginId: plugin.pluginId } });
        const change = (choose: Choose) => installing(choose, plugin);
        const locks = installed === undefined ? [exclusive(`NAME:plugin:${plugin.pluginId}`)] : [exclusive(installed.reference)];
        const { action, result } = await parts.changes.apply(
          { title: `Upload plugin ${plugin.name} ${plugin.buildNumber}`, operation: "plugin.upload", locks, change },
          ask,
        );
        await parts.runtime.retire(result);
        if (installed !== undefined && installed.artifact !== sha256) await parts.artifacts.remove(installed.artifact);
        return { action, plugin: result, warnings: warnings.map(formatProblem) };
      } catch (error) {
        await removeUnlessUsed(parts, sha256);
        throw error;
      }
    },
    delete: async (reference, ask) => {
      const plugin = found(await objects.plugins.find(reference), reference);
      const change = async (choose: Choose) => ({ changes: await removing(choose.objects, plugin), target: null, result: undefined });
      const { action } = await parts.changes.apply(
        { title: `Delete plugin ${plugin.name}`, operation: "plugin.delete", locks: [exclusive(reference)], change },
        ask,
      );
      await parts.runtime.retire(reference);
      await removeUnlessUsed(parts, plugin.artifact);
      return action;
    },
    logs: async (reference) => parts.logs.files(found(await objects.plugins.find(reference), reference).name),
    processes: () => parts.runtime.status(),
  };
}

type NewPlugin = Omit<Plugin, "reference">;

/** Starts the plugin as an operation would: what does not start is not installed. */
async function describe(
  parts: PluginUseCaseParts,
  { content, sha256 }: { readonly content: PluginParts; readonly sha256: string },
): Promise<NewPlugin> {
  if (!content.hostTypes.includes("UNIX")) {
    throw new EngineError("UNSUPPORTED", `Plugin ${content.name} is for Windows hosts, which the engine cannot reach by now.`, {
      action: "Upload a plugin with hostTypes UNIX.",
    });
  }
  const { operations } = await parts.runtime.describe({
    reference: `upload-${sha256.slice(0, 12)}`,
    name: content.name,
    language: content.language,
    pluginType: content.pluginType,
    entryPoint: content.entryPoint,
    sourceDirectory: await parts.artifacts.unpacked(sha256),
  });
  return {
    pluginId: content.pluginId,
    name: content.name,
    buildNumber: content.buildNumber,
    externalVersion: content.externalVersion ?? content.buildNumber,
    language: content.language,
    pluginType: content.pluginType,
    hostTypes: content.hostTypes,
    entryPoint: content.entryPoint,
    hasManualDiscovery: content.hasManualDiscovery,
    isRootSquashEnabled: content.isRootSquashEnabled,
    hasExtendedStartStopHooks: content.hasExtendedStartStopHooks,
    repositoryIdentityFields: content.repository.identityFields,
    repositoryNameField: content.repository.nameField,
    sourceConfigIdentityFields: content.sourceConfig.identityFields,
    sourceConfigNameField: content.sourceConfig.nameField,
    schemas: content.schemas,
    operations,
    artifact: sha256,
    status: "ACTIVE",
    createdAt: parts.now(),
  };
}

async function installing(
  choose: Choose,
  plugin: NewPlugin,
): Promise<{ changes: readonly Change[]; target: Plugin["reference"]; result: Plugin["reference"] }> {
  const [installed] = await choose.objects.plugins.list({ where: { pluginId: plugin.pluginId } });
  if (installed === undefined) {
    const reference = await choose.reference("APPDATA_TOOLKIT");
    return { changes: [{ collection: "plugins", insert: { reference, ...plugin } }], target: reference, result: reference };
  }
  await mustFit(choose.objects, installed, plugin);
  const { createdAt: _createdAt, ...set } = plugin;
  return {
    changes: [{ collection: "plugins", update: installed.reference, set }],
    target: installed.reference,
    result: installed.reference,
  };
}

async function mustFit(objects: CatalogReads, installed: Plugin, next: NewPlugin): Promise<void> {
  const order = compareBuildNumbers(next.buildNumber, installed.buildNumber);
  if (order < 0) {
    throw new EngineError(
      "PLUGIN_REFUSED",
      `Plugin ${next.name} ${next.buildNumber} is older than the installed ${installed.buildNumber}.`,
      {
        action: "Upload the same or a higher build number.",
        details: { installed: installed.buildNumber, uploaded: next.buildNumber },
      },
    );
  }
  const isUsed = (await objects.repositories.count({ plugin: installed.reference })) > 0;
  const isSameShape = isSameJson({ ...next.schemas }, { ...installed.schemas }) && next.pluginType === installed.pluginType;
  if (!isUsed || isSameShape || (order === 0 && next.pluginType === installed.pluginType)) return;
  throw new EngineError(
    "PLUGIN_REFUSED",
    `Plugin ${next.name} ${next.buildNumber} changes schemas or plugin type, and objects of ${installed.buildNumber} are in use.`,
    {
      action: "Keep the schemas, or delete the plugin's datasets and environments first.",
      details: { reason: "schema", installed: installed.buildNumber, uploaded: next.buildNumber },
    },
  );
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

async function removeUnlessUsed(parts: PluginUseCaseParts, sha256: string): Promise<void> {
  if ((await parts.catalog.objects.plugins.count({ artifact: sha256 })) === 0) await parts.artifacts.remove(sha256);
}
