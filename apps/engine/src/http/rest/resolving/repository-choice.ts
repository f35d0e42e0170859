import type { Engine, Repository } from "@opendvp/core";
import { EngineError, type Reference } from "@opendvp/model";
import { pick } from "./pick.ts";

/** What a caller said of the repository that a VDB is to use. */
export interface RepositoryWish {
  readonly repository: string | undefined;
  readonly environment: string | undefined;
  /** The plugin that it must belong to, where it is known. */
  readonly plugin: Reference<"APPDATA_TOOLKIT"> | undefined;
}

/**
 * The repository to use: the named one, or the only fit one of an environment.
 * @throws EngineError `INPUT_INVALID`, `NOT_FOUND`, `AMBIGUOUS`
 */
export async function chooseRepository(engine: Engine, wish: RepositoryWish): Promise<Repository> {
  if (wish.environment === undefined) {
    if (wish.repository !== undefined) return engine.resolve("repositories", wish.repository);
    throw new EngineError("INPUT_INVALID", "The request names neither a repository nor an environment.", {
      action: "Give repository_id, or environment_id where that has one fit repository.",
      details: { in: "body", path: "/repository_id", keyword: "required" },
    });
  }
  const environment = await engine.resolve("environments", wish.environment);
  const here = await engine.objects.repositories.list({ where: { environment: environment.reference } });
  if (wish.repository !== undefined) return pick(here, wish.repository, `repository on the environment ${environment.name}`);
  const fit = here.filter(({ isAvailable, plugin }) => isAvailable && (wish.plugin === undefined || plugin === wish.plugin));
  return onlyOne(fit, environment.name);
}

function onlyOne(repositories: readonly Repository[], environment: string): Repository {
  const [first, ...others] = repositories;
  if (first === undefined) {
    throw new EngineError("NOT_FOUND", `The environment ${environment} has no repository that fits.`, {
      action: "Refresh the environment, or choose another one.",
    });
  }
  if (others.length === 0) return first;
  throw new EngineError("AMBIGUOUS", `The environment ${environment} has ${repositories.length} repositories that fit.`, {
    action: `Name one with repository_id: ${repositories.map(({ reference, name }) => `${name} (${reference})`).join(", ")}.`,
    details: { references: repositories.map(({ reference }) => reference) },
  });
}
