import type { Hooks } from "@opendvp/contract";
import type { Engine, PointInHistory, VirtualSourceInput } from "@opendvp/core";
import type { JsonObject, Reference } from "@opendvp/model";
import { requireRole } from "../../access/require-role.ts";
import type { Caller } from "../handler.ts";
import { hooksOf } from "../hooks/presenter.ts";
import { resolveEnvironmentUser } from "../resolving/environment-user.ts";
import { chooseRepository } from "../resolving/repository-choice.ts";

/** What every way to make a VDB takes. */
export interface VirtualSourceBody extends Hooks {
  readonly name: string;
  readonly description?: string;
  readonly repository_id?: string;
  readonly environment_id?: string;
  readonly environment_user_id?: string;
  readonly appdata_source_params?: JsonObject;
  readonly require_thin?: boolean;
}

/** What to make, with every name turned into the object that it means. */
export async function virtualSourceInput(
  engine: Engine,
  body: VirtualSourceBody,
  from: { readonly plugin: Reference<"APPDATA_TOOLKIT"> | undefined; readonly caller: Caller },
): Promise<VirtualSourceInput> {
  const hooks = hooksOf(body);
  // Hooks are commands on a host: whoever may not set them later may not set them now.
  if (hooks !== undefined) requireRole(from.caller.ask.by, "operator", "Making a VDB with hooks");
  const repository = await chooseRepository(engine, {
    repository: body.repository_id,
    environment: body.environment_id,
    plugin: from.plugin,
  });
  const user =
    body.environment_user_id === undefined
      ? undefined
      : await resolveEnvironmentUser(engine, await engine.resolve("environments", repository.environment), body.environment_user_id);
  return {
    name: body.name,
    repository: repository.reference,
    parameters: body.appdata_source_params ?? {},
    ...(body.description === undefined ? {} : { description: body.description }),
    ...(user === undefined ? {} : { environmentUser: user.reference }),
    ...(hooks === undefined ? {} : { hooks }),
    ...(body.require_thin === undefined ? {} : { requireThin: body.require_thin }),
  };
}

/** The plugin of the data that a copy starts from. */
export async function pluginAt(engine: Engine, point: PointInHistory): Promise<Reference<"APPDATA_TOOLKIT">> {
  const container = "dataset" in point ? point.dataset : (await engine.resolve("snapshots", point.snapshot)).container;
  return (await engine.resolveDataset(container)).plugin;
}
