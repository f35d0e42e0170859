import type { Repository } from "@opendvp/contract";
import type { Engine, Repository as RepositoryEntity } from "@opendvp/core";
import { type LoadedIndex, nameIn } from "../resolving/loaded-index.ts";

export function presentRepository(
  repository: RepositoryEntity,
  engine: Engine,
  index: LoadedIndex<"plugins" | "environments">,
): Repository {
  return {
    id: repository.reference,
    name: repository.name,
    database_type: nameIn(index.plugins, repository.plugin),
    toolkit_id: repository.plugin,
    environment_id: repository.environment,
    environment_name: nameIn(index.environments, repository.environment),
    allow_provisioning: repository.isAvailable,
    is_available: repository.isAvailable,
    parameters: engine.redacted(repository.data),
    creation_time: repository.createdAt,
  };
}
