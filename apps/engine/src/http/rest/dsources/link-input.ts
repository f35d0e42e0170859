import type { RouteRequest, RouteTable } from "@opendvp/contract";
import type { Engine, Environment, EnvironmentUser, LinkedSourceUseCases } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { hooksOf } from "../hooks/presenter.ts";
import { resolveEnvironmentUser } from "../resolving/environment-user.ts";

type Body = RouteRequest<RouteTable["dsources"]["linkAppdata"]>["body"];
type LinkInput = Parameters<LinkedSourceUseCases["link"]>[0];

/** What to link, with every name turned into the object that it means. */
export async function linkInput(engine: Engine, body: Body): Promise<LinkInput> {
  const source = await engine.resolve("sourceConfigs", body.source_id);
  const repository = await engine.resolve("repositories", source.repository);
  await checkLinkType(engine, repository.plugin, body.link_type);
  const environment = await engine.resolve("environments", repository.environment);
  const staging = body.staging_environment === undefined ? undefined : await engine.resolve("environments", body.staging_environment);
  const user = await optionalUser(engine, environment, body.environment_user);
  const stagingUser = await optionalUser(engine, staging ?? environment, body.staging_environment_user);
  const pool = body.pool_id === undefined ? undefined : await engine.resolve("pools", body.pool_id);
  const hooks = hooksOf({ pre_sync: body.ops_pre_sync ?? [], post_sync: body.ops_post_sync ?? [] });
  return {
    name: body.name ?? source.name,
    sourceConfig: source.reference,
    parameters: body.parameters ?? {},
    ...(body.description === undefined ? {} : { description: body.description }),
    ...(user === undefined ? {} : { environmentUser: user.reference }),
    ...(staging === undefined ? {} : { stagingEnvironment: staging.reference }),
    ...(stagingUser === undefined ? {} : { stagingUser: stagingUser.reference }),
    ...(body.sync_parameters === undefined ? {} : { syncParameters: body.sync_parameters }),
    ...(pool === undefined ? {} : { pool: pool.reference }),
    ...(body.require_thin === undefined ? {} : { requireThin: body.require_thin }),
    ...(hooks === undefined ? {} : { hooks }),
  };
}

async function optionalUser(
  engine: Engine,
  environment: Environment,
  nameOrReference: string | undefined,
): Promise<EnvironmentUser | undefined> {
  return nameOrReference === undefined ? undefined : resolveEnvironmentUser(engine, environment, nameOrReference);
}

async function checkLinkType(engine: Engine, reference: string, linkType: Body["link_type"]): Promise<void> {
  if (linkType === undefined) return;
  const plugin = await engine.resolve("plugins", reference);
  const actual = plugin.pluginType === "STAGED" ? "AppDataStaged" : "AppDataDirect";
  if (linkType === actual) return;
  throw new EngineError("INPUT_INVALID", `The plugin ${plugin.name} links as ${actual}, not as ${linkType}.`, {
    action: "Leave link_type out: the plugin decides it.",
    details: { in: "body", path: "/link_type" },
  });
}
