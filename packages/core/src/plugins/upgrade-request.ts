import { EngineError, type Reference } from "@opendvp/model";
import { found } from "../datasets/scenes.ts";
import type { KnownPlugin, Plugin, PluginRelease } from "../entities/plugin.ts";
import type { MakeRequest } from "../jobs/asked-operations.ts";
import { exclusive, type LockRequest } from "../jobs/locks.ts";
import type { Choose, Workflow } from "../jobs/workflow.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import type { CatalogReads } from "../ports/catalog.ts";
import { completeRelease } from "./complete-release.ts";
import { checkNamePairs } from "./succession/lua-pairs.ts";
import { mustRest } from "./succession/must-rest.ts";
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
  /** When that was. */
  readonly uploadedAt?: string;
}

/** How an upgrade is made of what an upload brought. The rules are looked at again when its turn comes. */
export function upgradeRequest(parts: UpgradeRequestParts, workflow: Workflow<UpgradeFacts>): MakeRequest<UpgradeInput, UpgradeFacts> {
  return async (asked) => {
    const { into, release } = asked;
    const { objects } = parts;
    const { prettyName } = found(await objects.plugins.find(into), into);
    const migrations = await migrationsKnown(parts.artifacts, await predecessorsOf(objects, release));
    const draft = async (choose: Choose) => {
      const from = (await predecessorsOf(choose.objects, release)).map((plugin) => knownBy(migrations, plugin, release));
      if (from[0]?.reference !== into) throw isGone(release, into);
      await checkUpgrade(choose.objects, from, release);
      return { target: into, input: upgradeFacts(from, asked), locks: upgradeLocks(from, release) };
    };
    return { workflow, title: upgradeTitle(prettyName, release), targetName: release.name, draft };
  };
}

/** e.g. `Upgrade directory to 2.0`, or `Upgrade Direct Files to follower 0.1` where it is called otherwise from then on. */
export function upgradeTitle(former: string, { prettyName, buildNumber }: PluginRelease): string {
  return `Upgrade ${former} to ${prettyName === former ? "" : `${prettyName} `}${buildNumber}`;
}

/** The rules of versions, and whether the objects are as an upgrade needs them. @throws EngineError `PLUGIN_REFUSED`, `STATE_UNSUITABLE` */
export async function checkUpgrade(objects: CatalogReads, predecessors: readonly KnownPlugin[], release: PluginRelease): Promise<void> {
  await checkSuccession(objects, predecessors, release);
  for (const predecessor of predecessors) await mustRest(objects, predecessor, release);
}

/** The rules of versions alone. @throws EngineError `PLUGIN_REFUSED` */
export async function checkSuccession(objects: CatalogReads, predecessors: readonly KnownPlugin[], release: PluginRelease): Promise<void> {
  checkNamePairs(await objects.plugins.list(), release);
  for (const predecessor of predecessors) await mustSucceed(objects, predecessor, release);
}

export function upgradeFacts(from: readonly Plugin[], { into, release, mayExpose, warnings = [], uploadedAt }: UpgradeInput): UpgradeFacts {
  const pair = release.lua ?? from.find(({ pluginId }) => pluginId === release.pluginId)?.lua ?? null;
  const references = from.map(({ reference }) => reference);
  const uploaded = uploadedAt === undefined ? {} : { uploadedAt };
  return { into, from: references, release: { ...release, lua: pair }, mayExpose, warnings, ...uploaded, formerArtifacts: [] };
}

export function upgradeLocks(from: readonly Plugin[], release: PluginRelease): readonly LockRequest[] {
  return [...from.map(({ reference }) => exclusive(reference)), ...nameLocks(release)];
}

/** Keep two uploads of one plugin apart, two plugins that want to follow one toolkit, whose id its name is, and two that want one name. */
export function nameLocks({ pluginId, lua, name }: PluginRelease): readonly LockRequest[] {
  const ids = [pluginId, ...(lua === null ? [] : [lua.name])].map((id) => exclusive(`NAME:plugin:${id}`));
  return [...ids, exclusive(`NAME:plugin_name:${name}`)];
}

/** The migrations of each version, by its artifact: a transaction does not read artifacts. */
export async function migrationsKnown(
  artifacts: Pick<ArtifactStore, "get">,
  plugins: readonly Plugin[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const known = await Promise.all(plugins.map((plugin) => completeRelease(artifacts, plugin)));
  return new Map(known.map(({ artifact, migrationIds }) => [artifact, migrationIds]));
}

/** @throws EngineError `STATE_UNSUITABLE` where another version was put in its place since, of which that is not known */
export function knownBy(
  migrations: ReadonlyMap<string, readonly string[]>,
  plugin: Plugin,
  release: Pick<PluginRelease, "name" | "buildNumber">,
): KnownPlugin {
  const migrationIds = plugin.migrationIds ?? migrations.get(plugin.artifact);
  if (migrationIds === undefined) throw isGone(release, plugin.reference);
  return { ...plugin, migrationIds };
}

function isGone(release: Pick<PluginRelease, "name" | "buildNumber">, into: Reference<"APPDATA_TOOLKIT">): EngineError {
  return new EngineError(
    "STATE_UNSUITABLE",
    `What ${release.name} ${release.buildNumber} was to upgrade, ${into}, is no longer what is installed.`,
    {
      action: "Upload it again.",
      details: { plugin: into },
    },
  );
}
