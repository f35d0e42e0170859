import type { Environment, EnvironmentUser } from "@opendvp/contract";
import type { Engine, Environment as EnvironmentEntity, EnvironmentUser as UserEntity } from "@opendvp/core";
import type { EngineIdentity } from "../../engine-identity.ts";
import { presentRepository } from "../repositories/presenter.ts";
import type { LoadedIndex } from "../resolving/loaded-index.ts";

/** What an environment is shown with. */
export type EnvironmentIndex = LoadedIndex<"environments" | "hosts" | "environmentUsers" | "repositories" | "plugins">;

export function presentEnvironment(
  environment: EnvironmentEntity,
  index: EnvironmentIndex,
  from: { engine: Engine; identity: EngineIdentity },
): Environment {
  const host = index.hosts.get(environment.host);
  const isHere = (object: { readonly environment: string }): boolean => object.environment === environment.reference;
  return {
    id: environment.reference,
    name: environment.name,
    description: environment.description,
    engine_id: from.identity.id,
    is_windows_target: false,
    hosts:
      host === undefined
        ? []
        : [
            {
              id: host.reference,
              hostname: host.address,
              os_name: host.osName,
              toolkit_path: host.scratchPath,
              connection: host.transport,
            },
          ],
    users: [...index.environmentUsers.values()].filter(isHere).map((user) => presentEnvironmentUser(user, environment)),
    repositories: [...index.repositories.values()].filter(isHere).map((repository) => presentRepository(repository, from.engine, index)),
    creation_time: environment.createdAt,
    refresh_time: environment.refreshedAt,
  };
}

export function presentEnvironmentUser(user: UserEntity, environment: EnvironmentEntity): EnvironmentUser {
  return {
    user_ref: user.reference,
    username: user.name,
    primary_user: environment.primaryUser === user.reference,
    environment_id: environment.reference,
    creation_time: user.createdAt,
  };
}
