import { listAll } from "@opendvp/client";
import type { Repository } from "@opendvp/contract";
import { EngineError, type DefinitionName, type JsonObject } from "@opendvp/model";
import type { LifeCycle } from "./phase.ts";
import { sampleObject } from "./sample-value.ts";
import { fillIn } from "./test-values.ts";

/** The first repository that the plugin found. */
export async function chooseRepository({ client, objects }: LifeCycle): Promise<string> {
  const repositories: readonly Repository[] = await listAll((query) => client.repositories.list({ query }));
  const found = repositories.find(
    (repository) => repository.toolkit_id === objects.plugin && repository.environment_id === objects.environment,
  );
  if (found !== undefined) return found.id;
  throw new EngineError("NOT_FOUND", "discovery.repository found no repository on this host.", {
    action: "Install what the plugin looks for, or correct the discovery.",
  });
}

/** The source that the test names, added by hand where discovery has not found it; without a name the first that was found. */
export async function chooseSource(cycle: LifeCycle, repository: string): Promise<{ source: string; isSourceOurs?: boolean }> {
  const { client, config, values } = cycle;
  const discovered = (await listAll((query) => client.sources.list({ query }))).filter((source) => source.repository === repository);
  const wanted = values.sourceConfig === undefined ? undefined : fillIn(values.sourceConfig, placesOf(cycle, "sample"));
  const found = wanted === undefined ? discovered[0] : discovered.find((source) => isPartOf(wanted, source.parameters));
  if (found !== undefined) return { source: found.id };
  if (!config.hasManualDiscovery) {
    throw new EngineError("NOT_FOUND", "discovery.sourceConfig did not find the source, and the plugin does not let users add one.", {
      action: "Create such a dataset on this host, or name another one in dvp_test.json.",
    });
  }
  const parameters = wanted ?? fillIn(sampleObject(await schemaOf(cycle, "sourceConfigDefinition")), placesOf(cycle, "sample"));
  return { source: (await client.sources.add({ body: { repository_id: repository, parameters } })).source_id, isSourceOurs: true };
}

export async function linkedParameters(cycle: LifeCycle, name: string): Promise<JsonObject> {
  return fillIn(cycle.values.linkedSource ?? sampleObject(await schemaOf(cycle, "linkedSourceDefinition")), placesOf(cycle, name));
}

export async function virtualParameters(cycle: LifeCycle, name: string): Promise<JsonObject> {
  return fillIn(cycle.values.virtualSource ?? sampleObject(await schemaOf(cycle, "virtualSourceDefinition")), placesOf(cycle, name));
}

async function schemaOf({ client, objects }: LifeCycle, name: DefinitionName): Promise<JsonObject> {
  const { schemas } = await client.plugins.show({ params: { pluginId: objects.plugin ?? "" } });
  return schemas[name];
}

function placesOf({ workDirectory }: LifeCycle, name: string): Readonly<Record<string, string>> {
  return { work: workDirectory, name: name.replaceAll(" ", "-") };
}

function isPartOf(wanted: JsonObject, parameters: unknown): boolean {
  const given = parameters as JsonObject;
  return Object.entries(wanted).every(([name, value]) => JSON.stringify(given[name]) === JSON.stringify(value));
}
