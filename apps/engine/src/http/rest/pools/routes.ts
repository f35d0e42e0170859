import { Pool } from "@opendvp/contract";
import type { Pool as PoolEntity } from "@opendvp/core";
import type { Handlers } from "../handler.ts";
import type { Listed } from "../listing/listed.ts";
import { listingHandlers } from "../listing/listing-handlers.ts";
import type { RestContext } from "../rest-context.ts";
import { presentPool } from "./presenter.ts";

export function poolHandlers({ engine }: RestContext): Handlers<"pools"> {
  const listed: Listed<PoolEntity, Pool> = {
    schema: Pool,
    source: engine.objects.pools,
    present: (pools) => Promise.all(pools.map((pool) => presentPool(pool, engine))),
    columns: { id: "reference", name: "name", driver: "driver", creation_time: "createdAt" },
  };
  return {
    ...listingHandlers(() => listed),
    show: async ({ params }) => presentPool(await engine.resolve("pools", params.poolId), engine),
  };
}
