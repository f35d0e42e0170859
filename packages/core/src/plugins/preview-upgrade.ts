import { EngineError, formatJsonPath } from "@opendvp/model";
import type { KnownPlugin, Plugin, PluginRelease } from "../entities/plugin.ts";
import { mustBeFinished } from "../jobs/left-unfinished.ts";
import type { JobJournal } from "../ports/catalog.ts";
import type { PreviewedValue, UpgradePreview } from "../use-cases/upgrade-preview.ts";
import { completeRelease } from "./complete-release.ts";
import { migrationLabel } from "./migration/migration-plan.ts";
import { Migrator, type MigratedValue, type MigratorParts } from "./migration/migrator.ts";
import type { StoredValue } from "./migration/stored-value.ts";
import { objectsOfPlugin, storedValues, type ObjectsOfPlugin } from "./migration/stored-values.ts";
import { upgradeChanges } from "./migration/upgrade-changes.ts";
import { mustRest } from "./succession/must-rest.ts";
import { predecessorsOf } from "./succession/predecessors.ts";
import { checkSuccession, upgradeLocks, upgradeTitle, type UpgradeRequestParts } from "./upgrade-request.ts";

export type PreviewParts = MigratorParts & UpgradeRequestParts & { readonly journal: JobJournal; readonly processName: () => string };

/** Runs an upgrade's migrations on copies of all values, in processes that serve nobody else, and tells what comes of each. */
export async function previewUpgrade(
  parts: PreviewParts,
  release: PluginRelease,
  signal: AbortSignal,
): Promise<Omit<UpgradePreview, "warnings">> {
  const installed = await predecessorsOf(parts.objects, release);
  const predecessors = await mustFollow(parts, installed, release).catch(asAnswer);
  const { values, error } =
    predecessors instanceof EngineError ? { values: [], error: predecessors } : await lookAhead(parts, { release, predecessors, signal });
  return {
    name: release.name,
    buildNumber: release.buildNumber,
    installed: installed.map(({ reference, name, buildNumber }) => ({ reference, name, buildNumber })),
    values,
    ...(error === undefined ? {} : { error: error.toShape() }),
  };
}

/** The installed versions with all that an upgrade needs to know of them. @throws EngineError where the release may not follow them */
async function mustFollow(parts: PreviewParts, installed: readonly Plugin[], release: PluginRelease): Promise<readonly KnownPlugin[]> {
  const predecessors: KnownPlugin[] = [];
  for (const plugin of installed) predecessors.push(await completeRelease(parts.artifacts, plugin));
  await checkSuccession(parts.objects, predecessors, release);
  return predecessors;
}

interface Following {
  readonly release: PluginRelease;
  readonly predecessors: readonly KnownPlugin[];
  readonly signal: AbortSignal;
}

async function lookAhead(
  parts: PreviewParts,
  { release, predecessors, signal }: Following,
): Promise<{ readonly values: readonly PreviewedValue[]; readonly error: EngineError | undefined }> {
  const versions: ObjectsOfPlugin[] = [];
  for (const plugin of predecessors) versions.push(await objectsOfPlugin(parts.objects, plugin));
  const { values, migrated, error } = await tryAll(parts, { release, versions, signal });
  const obstacle = (await errorOf(() => mustBeReady(parts, predecessors, release))) ?? error;
  const [into] = predecessors;
  if (obstacle !== undefined || into === undefined || values.some((value) => value.error !== undefined)) return { values, error: obstacle };
  const changes = (): unknown => upgradeChanges({ into: into.reference, release, versions, values: migrated });
  return { values, error: await errorOf(() => Promise.resolve().then(changes)) };
}

/** What keeps an upgrade from beginning now says nothing against trying what it would do. */
async function mustBeReady({ objects, journal }: PreviewParts, predecessors: readonly Plugin[], release: PluginRelease): Promise<void> {
  for (const predecessor of predecessors) await mustRest(objects, predecessor, release);
  const [into] = predecessors;
  if (into === undefined) return;
  const title = upgradeTitle(into.prettyName, release);
  const locks = upgradeLocks(predecessors, release);
  await mustBeFinished({ journal, objects }, { title, workflow: {}, target: into.reference, locks });
}

interface Trial {
  readonly release: PluginRelease;
  readonly versions: readonly ObjectsOfPlugin[];
  readonly signal: AbortSignal;
}

interface Outcome {
  readonly values: readonly PreviewedValue[];
  readonly migrated: readonly MigratedValue[];
  /** Why the others were not tried. */
  readonly error?: EngineError;
}

async function tryAll(parts: PreviewParts, { release, versions, signal }: Trial): Promise<Outcome> {
  const migrator = new Migrator(parts, { release, signal, processName: parts.processName(), logSubject: "UPGRADE_CHECK" });
  const [values, migrated]: [PreviewedValue[], MigratedValue[]] = [[], []];
  try {
    for (const value of versions.flatMap((version) => storedValues(version, release))) {
      signal.throwIfAborted();
      if (migrator.spent !== undefined) return { values, migrated, error: migrator.spent };
      const outcome = await migrator.migrate(value).catch(asAnswer);
      if (!(outcome instanceof EngineError)) migrated.push(outcome);
      const migrations = migrator.migrationsOf(value).map(migrationLabel);
      values.push({ ...shown(value), migrations: untilFailure(migrations, outcome), ...whatCame(outcome) });
    }
  } finally {
    await migrator.close();
  }
  return { values, migrated };
}

/** Those after one that fails are not run. */
function untilFailure(migrations: readonly string[], outcome: MigratedValue | EngineError): readonly string[] {
  const failing = outcome instanceof EngineError ? outcome.details["migration"] : undefined;
  return typeof failing === "string" ? migrations.slice(0, migrations.indexOf(failing) + 1) : migrations;
}

function shown({ object, objectName, kind, what }: StoredValue): Pick<PreviewedValue, "object" | "name" | "kind" | "what"> {
  return { object, name: objectName, kind, what };
}

function whatCame(
  outcome: MigratedValue | EngineError,
): Pick<PreviewedValue, "isChanged" | "error" | "exposed"> & Partial<Pick<PreviewedValue, "what">> {
  if (outcome instanceof EngineError) return { isChanged: false, error: outcome.toShape(), exposed: [] };
  const came = { isChanged: outcome.isChanged, exposed: outcome.exposed.map(formatJsonPath) };
  return outcome.isLeft ? { ...came, what: `${outcome.value.what}, left to the next discovery` } : came;
}

/** What is no error of ours is a defect, and none of the outcomes of an upgrade. */
function asAnswer(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  throw error;
}

async function errorOf(work: () => Promise<unknown>): Promise<EngineError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return asAnswer(error);
  }
}
