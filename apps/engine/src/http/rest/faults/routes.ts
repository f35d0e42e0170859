import { Fault } from "@opendvp/contract";
import type { Engine, Fault as FaultEntity } from "@opendvp/core";
import { EngineError, isReference } from "@opendvp/model";
import type { Handlers } from "../handler.ts";
import type { Listed } from "../listing/listed.ts";
import { listingHandlers } from "../listing/listing-handlers.ts";
import type { RestContext } from "../rest-context.ts";
import { presentFault } from "./presenter.ts";

export function faultHandlers({ engine }: RestContext): Handlers<"faults"> {
  const listed: Listed<FaultEntity, Fault> = {
    schema: Fault,
    source: engine.objects.faults,
    present: (faults) => Promise.resolve(faults.map(presentFault)),
    columns: { id: "reference", status: "state", code: "code", target_name: "targetName", creation_time: "createdAt" },
    defaultSort: "-id",
  };
  return {
    ...listingHandlers(() => listed),
    show: async ({ params }) => presentFault(await findFault(engine, params.faultId)),
    resolve: async ({ params }, { ask }) => {
      const { reference } = await findFault(engine, params.faultId);
      await engine.faults.resolve(reference, ask);
      return presentFault(await findFault(engine, reference));
    },
  };
}

async function findFault(engine: Engine, id: string): Promise<FaultEntity> {
  const fault = isReference(id, "FAULT") ? await engine.objects.faults.find(id) : undefined;
  if (fault !== undefined) return fault;
  throw new EngineError("NOT_FOUND", `There is no fault ${JSON.stringify(id)}.`, {
    action: "List the faults; their ids look like FAULT-3.",
  });
}
