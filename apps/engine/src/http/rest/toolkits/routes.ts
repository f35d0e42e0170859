import { Toolkit } from "@opendvp/contract";
import type { Plugin as PluginEntity } from "@opendvp/core";
import type { Handlers } from "../handler.ts";
import type { Listed } from "../listing/listed.ts";
import { listingHandlers } from "../listing/listing-handlers.ts";
import { presentToolkit } from "../plugins/presenter.ts";
import { PLUGIN_COLUMNS } from "../plugins/routes.ts";
import type { RestContext } from "../rest-context.ts";

/** Plugins in the shape that clients of the wider field's API know. */
export function toolkitHandlers({ engine, identity }: RestContext): Handlers<"toolkits"> {
  const listed: Listed<PluginEntity, Toolkit> = {
    schema: Toolkit,
    source: engine.objects.plugins,
    present: (plugins) => Promise.resolve(plugins.map((plugin) => presentToolkit(plugin, identity))),
    columns: { id: PLUGIN_COLUMNS.id, reference: "reference", name: PLUGIN_COLUMNS.name },
  };
  return {
    ...listingHandlers(() => listed),
    show: async ({ params }) => presentToolkit(await engine.resolve("plugins", params.toolkitId), identity),
  };
}
