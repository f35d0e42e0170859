import { EngineError, formatJsonPath, type JsonObject, type Reference } from "@opendvp/model";
import type { PluginRelease } from "../../entities/plugin.ts";
import type { Change } from "../../ports/catalog.ts";
import type { Naming } from "../naming.ts";
import type { MigratedValue } from "./migrator.ts";
import type { ObjectsOfPlugin } from "./stored-values.ts";
import { unite } from "./unite.ts";

export interface Upgraded {
  readonly into: Reference<"APPDATA_TOOLKIT">;
  readonly release: PluginRelease;
  /** When it was uploaded; undefined leaves what is known of that. */
  readonly uploadedAt?: string | undefined;
  readonly versions: readonly ObjectsOfPlugin[];
  readonly values: readonly MigratedValue[];
}

/** All that an upgrade changes in the catalog, for one transaction. */
export function upgradeChanges({ into, release, uploadedAt, versions, values }: Upgraded): readonly Change[] {
  const stored = values.map(({ value, data, isChanged }) => ({ object: value.object, change: value.store(data), isChanged }));
  const naming = new Map(stored.flatMap(({ object, change }) => namingIn(object, change)));
  const union = unite(versions, into, (reference, former) => naming.get(reference)?.identity ?? former);
  const former = new Map(
    versions
      .flatMap(({ repositories, sourceConfigs }) => [...repositories, ...sourceConfigs])
      .map(({ reference, identity, name }): readonly [Reference, Naming] => [reference, { identity, name }]),
  );
  const differs = (object: Reference, member: keyof Naming): boolean => {
    const next = naming.get(object)?.[member];
    return next !== undefined && next !== former.get(object)?.[member];
  };
  const kept = stored.filter(({ object }) => !union.removed.has(object));
  return [
    // Two of them may swap their identities, or one come to where another still has its own: at no moment may both have the same.
    ...kept
      .filter(({ object }) => differs(object, "identity"))
      .flatMap(({ change }) => withIdentity(change, (reference) => `upgrading ${reference}`)),
    ...union.changes,
    {
      collection: "plugins",
      update: into,
      set: { ...release, status: "ACTIVE", ...(uploadedAt === undefined ? {} : { createdAt: uploadedAt }) },
    },
    ...kept
      .filter(({ object, isChanged }) => isChanged || differs(object, "identity") || differs(object, "name"))
      .map(({ change }) => change),
  ];
}

/** What a repository or source config will be known by, as far as its change says. */
function namingIn(object: Reference, change: Change): readonly (readonly [Reference, Partial<Naming>])[] {
  const isNamed = change.collection === "repositories" || change.collection === "sourceConfigs";
  if (!isNamed || !("set" in change)) return [];
  const { identity, name } = change.set;
  return [[object, { ...(identity === undefined ? {} : { identity }), ...(name === undefined ? {} : { name }) }]];
}

function withIdentity(change: Change, identityOf: (reference: Reference) => string): readonly Change[] {
  if (!("update" in change)) return [];
  const identity = identityOf(change.update);
  if (change.collection === "repositories") return [{ collection: "repositories", update: change.update, set: { identity } }];
  return change.collection === "sourceConfigs" ? [{ collection: "sourceConfigs", update: change.update, set: { identity } }] : [];
}

/** @throws EngineError `CONFIRMATION_NEEDED` listing what would become readable */
export function mustNotExpose(release: PluginRelease, values: readonly MigratedValue[]): void {
  const exposed = values.flatMap(({ value, exposed: paths }) => paths.map((path) => ({ value, path })));
  const [first] = exposed;
  if (first === undefined) return;
  const places = exposed.map(({ value, path }): JsonObject => ({
    object: value.object,
    name: value.objectName,
    path: formatJsonPath(path),
  }));
  const more = exposed.length === 1 ? "" : ` and at ${exposed.length - 1} more places`;
  throw new EngineError(
    "CONFIRMATION_NEEDED",
    `The upgrade to ${release.name} ${release.buildNumber} makes passwords readable that are kept secret by now: ${formatJsonPath(first.path)} of ${first.value.objectName} (${first.value.object})${more}.`,
    {
      action: "Look at them with `dvp plugin upgrade ARTIFACT --check`; if they may be read, upgrade with --expose-passwords.",
      details: { exposed: places },
    },
  );
}
