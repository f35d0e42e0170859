import { Repository } from "@opendvp/contract";
import type { Repository as RepositoryEntity } from "@opendvp/core";
import type { Handlers } from "../handler.ts";
import type { Listed } from "../listing/listed.ts";
import { listingHandlers } from "../listing/listing-handlers.ts";
import { loadIndex } from "../resolving/loaded-index.ts";
import type { RestContext } from "../rest-context.ts";
import { presentRepository } from "./presenter.ts";

export function repositoryHandlers({ engine }: RestContext): Handlers<"repositories"> {
  const present = async (repositories: readonly RepositoryEntity[]): Promise<Repository[]> => {
    const index = await loadIndex(engine, ["plugins", "environments"]);
    return repositories.map((repository) => presentRepository(repository, engine, index));
  };
  const listed: Listed<RepositoryEntity, Repository> = {
    schema: Repository,
    source: engine.objects.repositories,
    present,
    columns: { id: "reference", name: "name", environment_id: "environment", toolkit_id: "plugin", creation_time: "createdAt" },
  };
  return {
    ...listingHandlers(() => listed),
    show: async ({ params }) => {
      const repository = await engine.resolve("repositories", params.repositoryId);
      return presentRepository(repository, engine, await loadIndex(engine, ["plugins", "environments"]));
    },
  };
}
