import { EngineError, type Reference } from "@opendvp/model";
import { found } from "../datasets/scenes.ts";
import type { Plugin, PluginRelease } from "../entities/plugin.ts";
import type { MakeRequest } from "../jobs/asked-operations.ts";
import { exclusive } from "../jobs/locks.ts";
import type { Choose, Workflow } from "../jobs/workflow.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import type { CatalogReads } from "../ports/catalog.ts";
import { completeRelease } from "./complete-release.ts";
import { checkNamePairs } from "./succession/lua-pairs.ts";
import { mustSucceed } from "./succession/must-succeed.ts";
import { predecessorsOf } from "./succession/predecessors.ts";
import type { UpgradeFacts } from "./upgrade-facts.ts";

export interface UpgradeRequestParts {
  readonly objects: CatalogReads;
  readonly artifacts: Pick<ArtifactStore, "get">;
}

/** What is asked of an upgrade: the release whose code was started, and what it was meant to become. */
export interface UpgradeInput {
  readonly into: Reference<"APPDATA_TOOLKIT">;
  readonly release: PluginRelease;
  readonly mayExpose: boolean;
  /** What the upload warns of. */
  readonly warnings?: readonly string[];
}

/** How an upgrade is made of what an upload brought. The rules are looked at again when its turn comes. */
export function upgradeRequest(parts: UpgradeRequestParts, workflow: Workflow<UpgradeFacts>): MakeRequest<UpgradeInput, UpgradeFacts> {
  return async ({ into, release, mayExpose, warnings = [] }) => {
    const { objects } = parts;
    const { prettyName } = found(await objects.plugins.find(into), into);
    const known = await completed(parts, await predecessorsOf(objects, release));
    const draft = async (choose: Choose) => {
      const from = (await predecessorsOf(choose.objects, release)).map((plugin) => known.get(plugin.artifact) ?? plugin);
      if (from[0]?.reference !== into) throw isGone(release, into);
      await checkSuccession(choose.objects, from, release);
      return { target: into, input: upgradeFacts(from, { into, release, mayExpose, warnings }), locks: upgradeLocks(from, release) };
    };
    return { workflow, title: `Upgrade ${prettyName} to ${release.buildNumber}`, targetName: release.name, draft };
  };
}

/** @throws EngineError `PLUGIN_REFUSED` */
export async function checkSuccession(objects: CatalogReads, predecessors: readonly Plugin[], release: PluginRelease): Promise<void> {
  checkNamePairs(await objects.plugins.list(), release);
  for (const predecessor of predecessors) await mustSucceed(objects, predecessor, release);
}

export function upgradeFacts(from: readonly Plugin[], { into, release, mayExpose, warnings = [] }: UpgradeInput): UpgradeFacts {
  const pair = release.lua ?? from.find(({ pluginId }) => pluginId === release.pluginId)?.lua ?? null;
  const references = from.map(({ reference }) => reference);
  return { into, from: references, release: { ...release, lua: pair }, mayExpose, warnings, formerArtifacts: [] };
}

export function upgradeLocks(from: readonly Plugin[], release: PluginRelease): ReturnType<typeof exclusive>[] {
  return [...from.map(({ reference }) => exclusive(reference)), exclusive(pluginLock(release.pluginId))];
}

/** Keeps two uploads of one plugin apart. */
export function pluginLock(pluginId: string): string {
  return `NAME:plugin:${pluginId}`;
}

/** By artifact: a version with another one is looked at anew. */
async function completed({ artifacts }: UpgradeRequestParts, plugins: readonly Plugin[]): Promise<ReadonlyMap<string, Plugin>> {
  const known = new Map<string, Plugin>();
  for (const plugin of plugins) known.set(plugin.artifact, await completeRelease(artifacts, plugin));
  return known;
}

function isGone(release: PluginRelease, into: Reference<"APPDATA_TOOLKIT">): EngineError {
  return new EngineError(
    "STATE_UNSUITABLE",
    `What ${release.name} ${release.buildNumber} was to upgrade, ${into}, is no longer what is installed.`,
    {
      action: "Upload it again.",
      details: { plugin: into },
    },
  );
}
