import type { DefinitionName, JsonObject, Reference } from "@opendvp/model";
import type { Dataset } from "../entities/dataset.ts";
import { exclusive, shared } from "../jobs/locks.ts";
import type { Change, CatalogReads } from "../ports/catalog.ts";
import type { Ask } from "../use-cases/asking.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";
import { checkReferences } from "./check-references.ts";
import { checkNewName, nameLock } from "./dataset-checks.ts";
import { found } from "./scenes.ts";

/** What tells updating a dSource from updating a VDB. */
export interface UpdatableKind {
  readonly find: (objects: CatalogReads, reference: Reference<"APPDATA_CONTAINER">) => Promise<Dataset>;
  /** e.g. `vdb.update` */
  readonly operation: string;
  readonly definition: DefinitionName;
}

export interface DatasetUpdate {
  readonly reference: Reference<"APPDATA_CONTAINER">;
  readonly set: {
    readonly name?: string;
    readonly description?: string;
    readonly parameters?: JsonObject;
    /** VDBs only. */
    readonly owner?: Reference<"USER"> | null;
  };
  readonly ask: Ask;
}

/** Changes name, description, parameters or owner of a dataset. New parameters count from the next operation on. */
export async function updateDataset(parts: UseCaseParts, kind: UpdatableKind, update: DatasetUpdate): Promise<void> {
  const { reference, set, ask } = update;
  const { name, plugin } = await kind.find(parts.catalog.objects, reference);
  const locks = [exclusive(reference), shared(plugin), ...(set.name === undefined ? [] : [exclusive(nameLock(set.name))])];
  await parts.changes.apply(
    {
      title: `Update ${name}`,
      operation: kind.operation,
      locks,
      change: async ({ objects }) => {
        const change: Change = { collection: "datasets", update: reference, set: await acceptedSet(parts, kind, { objects, update }) };
        return { changes: [change], target: reference, result: undefined };
      },
    },
    ask,
  );
}

async function acceptedSet(
  { definitions }: UseCaseParts,
  { find, definition }: UpdatableKind,
  { objects, update }: { readonly objects: CatalogReads; readonly update: DatasetUpdate },
): Promise<DatasetUpdate["set"]> {
  const { reference, set } = update;
  const dataset = await find(objects, reference);
  if (set.name !== undefined && set.name !== dataset.name) await checkNewName(objects, set.name);
  if (typeof set.owner === "string") found(await objects.users.find(set.owner), set.owner);
  if (set.parameters === undefined) return set;
  const plugin = found(await objects.plugins.find(dataset.plugin), dataset.plugin);
  const change = { next: set.parameters, former: dataset.parameters };
  const origin = { code: "PARAMETERS_INVALID", what: `The parameters of ${dataset.name}` } as const;
  const parameters = definitions.acceptChange({ plugin, definition }, change, origin);
  await checkReferences(objects, { plugin, definition }, set.parameters);
  return { ...set, parameters };
}
