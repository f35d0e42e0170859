import type { Dataset, Engine } from "@opendvp/core";
import type { Reference } from "@opendvp/model";
import { byReference, ifFew } from "./loaded-index.ts";

/** The datasets of these references, as far as they are there; where they are many, others may be among them. */
export async function loadDatasets(
  engine: Engine,
  references: Iterable<Reference<"APPDATA_CONTAINER">>,
): Promise<ReadonlyMap<string, Dataset>> {
  const reference = ifFew(new Set(references));
  return byReference(await engine.objects.datasets.list(reference === undefined ? {} : { where: { reference } }));
}
