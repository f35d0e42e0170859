import { listAll } from "@opendvp/client";
import type { JsonObject } from "@opendvp/model";
import type { EngineUnderTest } from "./engine-under-test.ts";

/** A plugin on an engine, with an environment in which it has found its repository. */
export interface InstalledPlugin {
  readonly plugin: string;
  readonly environment: string;
  readonly repository: string;
  /** Adds a directory as a source by hand and gives its reference. */
  addSource(path: string, more?: JsonObject): Promise<string>;
}

/** Has an installed plugin discover what is on this machine. */
export async function findRepository(engine: EngineUnderTest, plugin: string): Promise<InstalledPlugin> {
  const environment = await discover(engine);
  const repositories = await listAll((query) => engine.client.repositories.list({ query }));
  const repository = repositories.find(({ toolkit_id }) => toolkit_id === plugin)?.id;
  if (repository === undefined) throw new Error(`The plugin ${plugin} has found no repository on this machine.`);
  return {
    plugin,
    environment,
    repository,
    addSource: async (path, more = {}) => {
      const parameters = { name: path, path, ...more };
      return (await engine.client.sources.add({ body: { repository_id: repository, parameters } })).source_id;
    },
  };
}

async function discover({ client, environmentUser, run }: EngineUnderTest): Promise<string> {
  const [known] = await listAll((query) => client.environments.list({ query }));
  if (known === undefined) {
    const body = { name: "this machine", hostname: "localhost", username: environmentUser };
    return (await run(client.environments.create({ body }))).environment_id;
  }
  await run(client.environments.refresh({ params: { environmentId: known.id } }));
  return known.id;
}
