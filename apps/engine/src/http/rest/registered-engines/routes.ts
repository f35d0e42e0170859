import { RegisteredEngine } from "@opendvp/contract";
import { EngineError } from "@opendvp/model";
import { hostname } from "node:os";
import type { Handlers } from "../handler.ts";
import type { Listed } from "../listing/listed.ts";
import { listingHandlers } from "../listing/listing-handlers.ts";
import { presentPool } from "../pools/presenter.ts";
import type { RestContext } from "../rest-context.ts";

/** The wider field's API speaks of many engines; here there is this one. */
export function registeredEngineHandlers(context: RestContext): Handlers<"registeredEngines"> {
  const listed: Listed<RestContext, RegisteredEngine> = {
    schema: RegisteredEngine,
    source: { list: () => Promise.resolve([context]), count: () => Promise.resolve(1) },
    present: async () => [await presentEngine(context)],
    columns: {},
  };
  return {
    ...listingHandlers(() => listed),
    show: ({ params }) => {
      const { id, name, uuid } = context.identity;
      if ([id, name, uuid].includes(params.engineId)) return presentEngine(context);
      throw new EngineError("NOT_FOUND", `There is no engine ${JSON.stringify(params.engineId)} here.`, {
        action: `The one here is ${name} (${id}).`,
      });
    },
  };
}

async function presentEngine({ engine, identity, version }: RestContext): Promise<RegisteredEngine> {
  const pools = await Promise.all((await engine.objects.pools.list()).map((pool) => presentPool(pool, engine)));
  const known = pools.flatMap(({ usage }) => (usage === null ? [] : [usage]));
  return {
    id: identity.id,
    uuid: identity.uuid,
    type: "VIRTUALIZATION",
    name: identity.name,
    hostname: hostname(),
    version,
    status: "CREATED",
    connection_status: "ONLINE",
    data_storage_capacity: known.length === 0 ? null : known.reduce((sum, usage) => sum + usage.size_bytes, 0),
    data_storage_used: known.length === 0 ? null : known.reduce((sum, usage) => sum + usage.used_bytes, 0),
  };
}
