import { Source } from "@opendvp/contract";
import type { SourceConfig } from "@opendvp/core";
import type { Handlers } from "../handler.ts";
import type { Listed } from "../listing/listed.ts";
import { listingHandlers } from "../listing/listing-handlers.ts";
import { loadIndex } from "../resolving/loaded-index.ts";
import type { RestContext } from "../rest-context.ts";
import { presentSource, type SourceIndex } from "./presenter.ts";

export function sourceHandlers({ engine }: RestContext): Handlers<"sources"> {
  const load = async (): Promise<SourceIndex> => {
    const datasets = await engine.objects.datasets.list({ where: { kind: "DSOURCE" } });
    return {
      objects: await loadIndex(engine, ["repositories", "plugins", "environments"]),
      linked: new Set(datasets.flatMap((dataset) => (dataset.kind === "DSOURCE" ? [dataset.sourceConfig] : []))),
    };
  };
  const show = async (nameOrReference: string): Promise<Source> =>
    presentSource(await engine.resolve("sourceConfigs", nameOrReference), engine, await load());
  const listed: Listed<SourceConfig, Source> = {
    schema: Source,
    source: engine.objects.sourceConfigs,
    present: async (sources) => {
      const index = await load();
      return sources.map((source) => presentSource(source, engine, index));
    },
    columns: { id: "reference", name: "name", repository: "repository", creation_time: "createdAt" },
  };
  return {
    ...listingHandlers(() => listed),
    show: ({ params }) => show(params.sourceId),
    add: async ({ body }, { ask }) => {
      const { reference } = await engine.resolve("repositories", body.repository_id);
      return { source_id: await engine.sourceConfigs.add(reference, body.parameters, ask) };
    },
    update: async ({ params, body }, { ask }) => {
      const { reference } = await engine.resolve("sourceConfigs", params.sourceId);
      await engine.sourceConfigs.update(reference, body.parameters, ask);
      return show(reference);
    },
    delete: async ({ params }, { ask }) => {
      const { reference } = await engine.resolve("sourceConfigs", params.sourceId);
      await engine.sourceConfigs.delete(reference, ask);
      return undefined;
    },
  };
}
