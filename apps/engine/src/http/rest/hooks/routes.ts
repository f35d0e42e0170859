import type { DatasetHooks } from "@opendvp/contract";
import type { Handlers } from "../handler.ts";
import type { RestContext } from "../rest-context.ts";
import { hookPoint, namedHooks, presentHooks } from "./presenter.ts";

export function hookHandlers({ engine }: RestContext): Handlers<"hooks"> {
  const show = async (nameOrReference: string): Promise<DatasetHooks> => {
    const { reference, name, hooks } = await engine.resolveDataset(nameOrReference);
    return { dataset_id: reference, dataset_name: name, hooks: presentHooks(hooks) };
  };
  return {
    list: ({ params }) => show(params.datasetId),
    set: async ({ params, body }, { ask }) => {
      const { reference } = await engine.resolveDataset(params.datasetId);
      await engine.hooks.set(reference, { point: hookPoint(params.point), hooks: namedHooks(params.point, body.hooks) }, ask);
      return show(reference);
    },
    remove: async ({ params }, { ask }) => {
      const { reference } = await engine.resolveDataset(params.datasetId);
      await engine.hooks.set(reference, { point: hookPoint(params.point), hooks: [] }, ask);
      return show(reference);
    },
  };
}
