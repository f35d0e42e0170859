import { Plugin } from "@opendvp/contract";
import type { Engine, Plugin as PluginEntity } from "@opendvp/core";
import type { Reference } from "@opendvp/model";
import type { Handlers } from "../handler.ts";
import type { Listed } from "../listing/listed.ts";
import { listingHandlers } from "../listing/listing-handlers.ts";
import { startedJob } from "../resolving/started-job.ts";
import { findJob } from "../resolving/find-job.ts";
import { presentJob } from "../jobs/presenter.ts";
import type { RestContext } from "../rest-context.ts";
import { logArchive } from "./log-archive.ts";
import { presentPlugin, presentPreview } from "./presenter.ts";

/** What the catalog can order plugins by, by the names of the answers' members. */
export const PLUGIN_COLUMNS = { id: "reference", name: "name", creation_time: "createdAt" } as const;

export function pluginHandlers({ engine }: RestContext): Handlers<"plugins"> {
  const listed: Listed<PluginEntity, Plugin> = {
    schema: Plugin,
    source: engine.objects.plugins,
    present: (plugins) => Promise.resolve(plugins.map(presentPlugin)),
    columns: PLUGIN_COLUMNS,
  };
  return {
    ...listingHandlers(() => listed),
    show: async ({ params }) => presentPlugin(await engine.resolve("plugins", params.pluginId)),
    upload: async ({ body, query }, { ask }) => {
      const uploaded = await engine.plugins.upload(body, ask, { mayExpose: query.expose_passwords === true });
      const job = uploaded.job === undefined ? null : presentJob(await findJob(engine, uploaded.job));
      return { plugin_id: uploaded.plugin, action_id: uploaded.action, job, warnings: [...uploaded.warnings] };
    },
    upgradePreview: async ({ body }, { signal }) => presentPreview(await engine.plugins.previewUpgrade(body, signal)),
    activate: async ({ params, query }, { ask }) => {
      const inactive = await findInactive(engine, params.pluginId);
      const started = await engine.plugins.activate(inactive, ask, { mayExpose: query.expose_passwords === true });
      return { job: await startedJob(engine, started), plugin_id: started.plugin };
    },
    logs: async ({ params }) => {
      const { reference, name } = await engine.resolve("plugins", params.pluginId);
      const content = logArchive(name, await engine.plugins.logs(reference), new Date());
      return { fileName: `${reference}-logs.tar.gz`, content };
    },
    delete: async ({ params }, { ask }) => {
      await engine.plugins.delete((await engine.resolve("plugins", params.pluginId)).reference, ask);
      return undefined;
    },
  };
}

/** A name means the inactive version here, where it is the only one of that name. */
async function findInactive(engine: Engine, nameOrReference: string): Promise<Reference<"APPDATA_TOOLKIT">> {
  const [named, another] = await engine.objects.plugins.list({ where: { name: nameOrReference, status: "INACTIVE" } });
  if (named !== undefined && another === undefined) return named.reference;
  return (await engine.resolve("plugins", nameOrReference)).reference;
}
