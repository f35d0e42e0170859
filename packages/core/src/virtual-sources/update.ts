import type { JsonObject, Reference } from "@opendvp/model";
import { checkReferences } from "../datasets/check-references.ts";
import { checkNewName, nameLock, virtualSource } from "../datasets/dataset-checks.ts";
import { found } from "../datasets/scenes.ts";
import { exclusive } from "../jobs/locks.ts";
import type { Ask } from "../use-cases/engine.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";

interface Update {
  readonly name?: string;
  readonly description?: string;
  readonly parameters?: JsonObject;
}

/** Changes name, description or parameters of a VDB. New parameters count from the next operation on. */
export async function updateVirtualSource(
  parts: UseCaseParts,
  { reference, set }: { readonly reference: Reference<"APPDATA_CONTAINER">; readonly set: Update },
  ask: Ask,
): Promise<void> {
  const { name } = await virtualSource(parts.catalog.objects, reference);
  const locks = [exclusive(reference), ...(set.name === undefined ? [] : [exclusive(nameLock(set.name))])];
  await parts.changes.apply(
    {
      title: `Update ${name}`,
      operation: "vdb.update",
      locks,
      change: async ({ objects }) => {
        const dataset = await virtualSource(objects, reference);
        if (set.name !== undefined && set.name !== dataset.name) await checkNewName(objects, set.name);
        const plugin = found(await objects.plugins.find(dataset.plugin), dataset.plugin);
        const { parameters, ...rest } = set;
        if (parameters === undefined)
          return { changes: [{ collection: "datasets", update: reference, set: rest }], target: reference, result: undefined };
        const origin = { code: "PARAMETERS_INVALID", what: `The parameters of ${dataset.name}` } as const;
        const accepted = parts.definitions.acceptChange(
          { plugin, definition: "virtualSourceDefinition" },
          { next: parameters, former: dataset.parameters },
          origin,
        );
        await checkReferences(objects, { plugin, definition: "virtualSourceDefinition" }, parameters);
        return {
          changes: [{ collection: "datasets", update: reference, set: { ...rest, parameters: accepted } }],
          target: reference,
          result: undefined,
        };
      },
    },
    ask,
  );
}
