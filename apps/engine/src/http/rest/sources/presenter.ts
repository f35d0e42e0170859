import type { Source } from "@opendvp/contract";
import type { Engine, SourceConfig } from "@opendvp/core";
import { type LoadedIndex, nameIn } from "../resolving/loaded-index.ts";

/** What a source is shown with; `linked` holds the source configs that dSources use. */
export interface SourceIndex {
  readonly objects: LoadedIndex<"repositories" | "plugins" | "environments">;
  readonly linked: ReadonlySet<string>;
}

export function presentSource(source: SourceConfig, engine: Engine, index: SourceIndex): Source {
  const { repositories, plugins, environments } = index.objects;
  const repository = repositories.get(source.repository);
  const plugin = repository === undefined ? undefined : plugins.get(repository.plugin);
  return {
    id: source.reference,
    name: source.name,
    database_type: plugin?.name ?? "",
    toolkit_id: repository?.plugin ?? "",
    plugin_version: plugin?.buildNumber ?? "",
    environment_id: repository?.environment ?? "",
    environment_name: repository === undefined ? "" : nameIn(environments, repository.environment),
    repository: source.repository,
    repository_name: repository?.name ?? "",
    appdata_source_type: plugin?.pluginType === "STAGED" ? "AppDataStaged" : "AppDataDirect",
    is_dsource: index.linked.has(source.reference),
    is_discovered: source.isDiscovered,
    is_available: source.isAvailable,
    parameters: engine.redacted(source.data),
    creation_time: source.createdAt,
  };
}
