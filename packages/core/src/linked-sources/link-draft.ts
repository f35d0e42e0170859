import { EngineError, type Reference } from "@opendvp/model";
import { checkReferences } from "../datasets/check-references.ts";
import { checkHooks, checkNewName, mustBeThin, nameLock } from "../datasets/dataset-checks.ts";
import { mustStageOnHostType } from "../datasets/host-type.ts";
import { found } from "../datasets/scenes.ts";
import type { LinkedSource } from "../entities/dataset.ts";
import type { Environment } from "../entities/environment.ts";
import type { Plugin } from "../entities/plugin.ts";
import type { Repository, SourceConfig } from "../entities/repository.ts";
import type { JobDraft } from "../jobs/job-request.ts";
import { exclusive } from "../jobs/locks.ts";
import type { Choose } from "../jobs/workflow.ts";
import type { LinkedSourceUseCases } from "../use-cases/linked-source-use-cases.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";
import type { LinkedFacts } from "./linked-facts.ts";
import { linkedLocks } from "./linked-locks.ts";
import { syncParametersFor } from "./sync-parameters.ts";

export type LinkInput = Parameters<LinkedSourceUseCases["link"]>[0];

interface Around {
  readonly sourceConfig: SourceConfig;
  readonly repository: Repository;
  readonly plugin: Plugin;
  readonly sourceUser: Reference<"HOST_USER">;
  readonly environment: LinkedSource["environment"];
  readonly user: Reference<"HOST_USER">;
}

/** Checks what a link was asked with, and drafts the dSource. */
export async function draftLink(parts: UseCaseParts, choose: Choose, input: LinkInput): Promise<JobDraft<LinkedFacts>> {
  await checkNewName(choose.objects, input.name);
  const around = await lookAround(choose, input);
  const { plugin } = around;
  const pool = input.pool ?? (await parts.pools.byDefault()).reference;
  const storage = parts.pools.driver(pool);
  mustBeThin(storage, input.requireThin);
  const parameters = parts.definitions.accept({ plugin, definition: "linkedSourceDefinition" }, input.parameters, {
    code: "PARAMETERS_INVALID",
    what: `The parameters of ${input.name}`,
  });
  await checkReferences(choose.objects, { plugin, definition: "linkedSourceDefinition" }, input.parameters);
  const isStaged = plugin.pluginType === "STAGED";
  const draft: LinkedSource = {
    kind: "DSOURCE",
    reference: await choose.reference("APPDATA_CONTAINER"),
    source: await choose.reference("APPDATA_LINKED_SOURCE"),
    guid: choose.guid(),
    name: input.name,
    description: input.description ?? "",
    plugin: plugin.reference,
    pool,
    repository: around.repository.reference,
    environment: around.environment,
    environmentUser: around.user,
    currentTimeflow: null,
    parameters,
    hooks: checkHooks("DSOURCE", input.hooks ?? {}),
    stage: "CREATING",
    wantedState: "RUNNING",
    status: "UNKNOWN",
    statusAt: null,
    sourceSizeBytes: null,
    usage: null,
    pluginType: plugin.pluginType,
    sourceConfig: around.sourceConfig.reference,
    sourceEnvironmentUser: isStaged ? around.sourceUser : null,
    isResyncNeeded: true,
    syncedAt: null,
    createdAt: parts.now(),
  };
  const facts: Partial<LinkedFacts> = {
    dataset: draft.reference,
    draft,
    isStaged,
    syncParameters: syncParametersFor(parts.definitions, plugin, { given: input.syncParameters, isResync: true }),
    mustStop: !storage.capabilities.atomicSnapshots,
    hasPreparation: plugin.operations.includes("linked.prepareSnapshot"),
  };
  return { target: draft.reference, input: facts, locks: [...linkedLocks(draft), exclusive(nameLock(input.name))] };
}

async function lookAround(choose: Choose, input: LinkInput): Promise<Around> {
  const { objects } = choose;
  const sourceConfig = found(await objects.sourceConfigs.find(input.sourceConfig), input.sourceConfig);
  const repository = found(await objects.repositories.find(sourceConfig.repository), sourceConfig.repository);
  if (!sourceConfig.isAvailable || !repository.isAvailable) {
    throw new EngineError("STATE_UNSUITABLE", `Source config ${sourceConfig.name} was not found by the last discovery.`, {
      action: "Refresh its environment.",
    });
  }
  const plugin = found(await objects.plugins.find(repository.plugin), repository.plugin);
  const sourceUser = await userOf(choose, repository.environment, input.environmentUser);
  if (plugin.pluginType === "DIRECT") {
    if (input.stagingEnvironment !== undefined || input.stagingUser !== undefined) {
      throw new EngineError("INPUT_INVALID", `Plugin ${plugin.name} copies straight from the source: it has no staging environment.`, {
        action: "Leave the staging environment and user out.",
      });
    }
    return { sourceConfig, repository, plugin, sourceUser, environment: repository.environment, user: sourceUser };
  }
  const environment = input.stagingEnvironment ?? repository.environment;
  const [home, staging] = [await environmentOf(choose, repository.environment), await environmentOf(choose, environment)];
  mustStageOnHostType(home, staging);
  const user = await userOf(choose, environment, input.stagingUser ?? (input.stagingEnvironment === undefined ? sourceUser : undefined));
  return { sourceConfig, repository, plugin, sourceUser, environment, user };
}

async function userOf(
  choose: Choose,
  reference: Reference<"UNIX_HOST_ENVIRONMENT">,
  given: Reference<"HOST_USER"> | undefined,
): Promise<Reference<"HOST_USER">> {
  const environment = await environmentOf(choose, reference);
  const user = given ?? environment.primaryUser;
  const row = user === null ? undefined : await choose.objects.environmentUsers.find(user);
  if (row?.environment === reference) return row.reference;
  throw new EngineError("INPUT_INVALID", `${user ?? "No user"} is no user of environment ${environment.name}.`, {
    action: "Choose one of its users.",
  });
}

async function environmentOf({ objects }: Choose, reference: LinkedSource["environment"]): Promise<Environment> {
  return found(await objects.environments.find(reference), reference);
}
