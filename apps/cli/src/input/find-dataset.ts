import type { Client } from "@opendvp/client";
import type { DSource, Vdb } from "@opendvp/contract";

/** A dSource or VDB by its name or reference. @throws EngineError `NOT_FOUND` */
export async function findDataset(client: Client, nameOrId: string): Promise<DSource | Vdb> {
  // The two share one name space, and this answer tells which it is by its own id alone.
  const { dataset_id: id } = await client.hooks.list({ params: { datasetId: nameOrId } });
  const query = { filter_expression: `id EQ "${id}"` };
  const [dsource] = (await client.dsources.search({ body: query })).items;
  return dsource ?? client.vdbs.show({ params: { vdbId: id } });
}
