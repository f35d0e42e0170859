import { EngineError, type Reference } from "@opendvp/model";
import type { Plugin } from "../../entities/plugin.ts";
import type { Change } from "../../ports/catalog.ts";
import type { ObjectsOfPlugin } from "./stored-values.ts";

type PluginReference = Reference<"APPDATA_TOOLKIT">;

/** A repository or source config as it will be: what tells it from others, and where it belongs. */
interface Placed<R extends Reference> {
  readonly reference: R;
  readonly name: string;
  readonly owner: Plugin;
  /** Where its identity must be the only one of its kind, and that identity. */
  readonly place: string;
}

export interface Union {
  readonly changes: readonly Change[];
  /** Objects that go up in others, and are removed. */
  readonly removed: ReadonlySet<Reference>;
}

/**
 * Makes the objects of all versions objects of one. What two versions both have, the same repository of one environment or the same
 * source config of one repository, becomes one object; the others' users use that from then on.
 * @throws EngineError `PLUGIN_REFUSED` where two objects of one version would become the same
 */
export function unite(
  versions: readonly ObjectsOfPlugin[],
  into: PluginReference,
  identityOf: (reference: Reference, former: string) => string,
): Union {
  const ordered = [...versions].sort((a, b) => Number(b.plugin.reference === into) - Number(a.plugin.reference === into));
  const repositories = sameOf(
    ordered.flatMap(({ plugin: owner, repositories: rows }) =>
      rows.map(({ reference, name, environment, identity }) => {
        return { reference, name, owner, place: `${environment} ${identityOf(reference, identity)}` };
      }),
    ),
  );
  const sourceConfigs = sameOf(
    ordered.flatMap(({ plugin: owner, sourceConfigs: rows }) =>
      rows.map(({ reference, name, repository, identity }) => {
        return { reference, name, owner, place: `${repositories.get(repository) ?? repository} ${identityOf(reference, identity)}` };
      }),
    ),
  );
  return {
    removed: new Set<Reference>([...repositories.keys(), ...sourceConfigs.keys()]),
    changes: [
      ...[...sourceConfigs.keys()].map((reference): Change => ({ collection: "sourceConfigs", remove: reference })),
      ...[...repositories.keys()].map((reference): Change => ({ collection: "repositories", remove: reference })),
      ...ordered.flatMap((version) => moves(version, { into, repositories, sourceConfigs })),
      ...ordered
        .filter(({ plugin }) => plugin.reference !== into)
        .map(({ plugin }): Change => ({ collection: "plugins", remove: plugin.reference })),
    ],
  };
}

interface Moving {
  readonly into: PluginReference;
  readonly repositories: ReadonlyMap<Reference<"APPDATA_REPOSITORY">, Reference<"APPDATA_REPOSITORY">>;
  readonly sourceConfigs: ReadonlyMap<Reference<"APPDATA_SOURCE_CONFIG">, Reference<"APPDATA_SOURCE_CONFIG">>;
}

function moves(version: ObjectsOfPlugin, { into, repositories, sourceConfigs }: Moving): readonly Change[] {
  if (version.plugin.reference === into) return [];
  return [
    ...version.repositories
      .filter(({ reference }) => !repositories.has(reference))
      .map(({ reference }): Change => ({ collection: "repositories", update: reference, set: { plugin: into } })),
    ...version.sourceConfigs
      .filter(({ reference, repository }) => !sourceConfigs.has(reference) && repositories.has(repository))
      .map(({ reference, repository }): Change => {
        return { collection: "sourceConfigs", update: reference, set: { repository: repositories.get(repository) ?? repository } };
      }),
    ...version.datasets.map((dataset): Change => {
      const repository = repositories.get(dataset.repository) ?? dataset.repository;
      const linked = dataset.kind === "DSOURCE" ? { sourceConfig: sourceConfigs.get(dataset.sourceConfig) ?? dataset.sourceConfig } : {};
      return { collection: "datasets", update: dataset.reference, set: { plugin: into, repository, ...linked } };
    }),
  ];
}

/** For each that is the same as one before it, that one. */
function sameOf<R extends Reference>(placed: readonly Placed<R>[]): ReadonlyMap<R, R> {
  const first = new Map<string, Placed<R>>();
  const same = new Map<R, R>();
  for (const one of placed) {
    const other = first.get(one.place);
    if (other === undefined) first.set(one.place, one);
    else if (other.owner.reference === one.owner.reference) throw becomeSame(other, one);
    else same.set(one.reference, other.reference);
  }
  return same;
}

function becomeSame(one: Placed<Reference>, other: Placed<Reference>): EngineError {
  return new EngineError(
    "PLUGIN_REFUSED",
    `After the upgrade ${one.name} (${one.reference}) and ${other.name} (${other.reference}) would be the same: their identity fields agree.`,
    {
      action: "Report it to the plugin's author: the new version's identity fields have to tell its objects apart.",
      details: { objects: [one.reference, other.reference] },
    },
  );
}
