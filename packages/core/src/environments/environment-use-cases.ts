import { checkName, EngineError, type Reference } from "@opendvp/model";
import { found } from "../datasets/scenes.ts";
import type { Environment, EnvironmentUser, Host } from "../entities/environment.ts";
import { exclusive, shared } from "../jobs/locks.ts";
import type { Choose, Workflow } from "../jobs/workflow.ts";
import type { CatalogReads } from "../ports/catalog.ts";
import type { Hosts } from "../ports/hosts.ts";
import type { EnvironmentUseCases } from "../use-cases/environment-use-cases.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";
import { discoveringPlugins } from "./discovering-plugins.ts";
import type { EnvironmentFacts } from "./environment-facts.ts";

type EnvironmentReference = Reference<"UNIX_HOST_ENVIRONMENT">;

type NewEnvironment = Parameters<EnvironmentUseCases["create"]>[0];

interface OfEnvironment {
  readonly environment: EnvironmentReference;
}

export interface EnvironmentWorkflows {
  readonly create: Workflow<EnvironmentFacts>;
  readonly discover: Workflow<EnvironmentFacts>;
  readonly delete: Workflow<EnvironmentFacts>;
}

const LOCAL = new Set(["localhost", "127.0.0.1", "::1"]);

/** What can be asked of environments. */
export function createEnvironmentUseCases(
  parts: UseCaseParts & { readonly hosts: Hosts },
  workflows: EnvironmentWorkflows,
): EnvironmentUseCases {
  const { objects } = parts.catalog;
  return {
    ...createEnvironmentJobs(parts, workflows),
    update: async (reference, set, ask) => {
      const { name } = found(await objects.environments.find(reference), reference);
      const locks = set.name === undefined ? [] : [exclusive(`NAME:environment:${set.name}`)];
      const change = async (choose: Choose) => {
        const environment = found(await choose.objects.environments.find(reference), reference);
        if (set.name !== undefined && set.name !== environment.name) await checkNewName(choose.objects, set.name);
        return { changes: [{ collection: "environments", update: reference, set }] as const, target: reference, result: undefined };
      };
      await parts.changes.apply({ title: `Update environment ${name}`, operation: "environment.update", locks, change }, ask);
    },
    ...userUseCases(parts),
  };
}

function createEnvironmentJobs(
  parts: UseCaseParts,
  workflows: EnvironmentWorkflows,
): Pick<EnvironmentUseCases, "create" | "refresh" | "delete"> {
  const { objects } = parts.catalog;
  const create = parts.jobs.takes<NewEnvironment, EnvironmentFacts>("environment.create", (input) => {
    const draft = async (choose: Choose) => {
      const drafted = await draftEnvironment(parts, choose, input);
      const { reference } = drafted.environment;
      const { plugins, locks } = await discoveringPlugins(choose.objects, reference);
      return {
        target: reference,
        input: { environment: reference, draft: drafted, plugins },
        locks: [exclusive(reference), exclusive(`NAME:environment:${input.name}`), ...locks],
      };
    };
    return Promise.resolve({ workflow: workflows.create, title: `Create environment ${input.name}`, targetName: input.name, draft });
  });
  const refresh = parts.jobs.takes<OfEnvironment, EnvironmentFacts>("environment.refresh", async ({ environment }) => {
    const { name } = found(await objects.environments.find(environment), environment);
    const draft = async (choose: Choose) => {
      const { plugins, locks } = await discoveringPlugins(choose.objects, environment);
      return {
        target: environment,
        input: { environment, plugins },
        locks: [shared(environment), exclusive(`DISCOVERY:${environment}`), ...locks],
      };
    };
    return { workflow: workflows.discover, title: `Discover ${name}`, targetName: name, draft };
  });
  const remove = parts.jobs.takes<OfEnvironment, EnvironmentFacts>("environment.delete", async ({ environment }) => {
    const { name } = found(await objects.environments.find(environment), environment);
    const draft = async (choose: Choose) => {
      await mustBeUnused(choose.objects, environment, name);
      const repositories = await choose.objects.repositories.list({ where: { environment } });
      const locks = [exclusive(environment), ...repositories.map(({ plugin }) => shared(plugin))];
      return { target: environment, input: { environment }, locks };
    };
    return { workflow: workflows.delete, title: `Delete environment ${name}`, targetName: name, draft };
  });
  return {
    create,
    refresh: (environment, ask) => refresh({ environment }, ask),
    delete: (environment, ask) => remove({ environment }, ask),
  };
}

function userUseCases(
  parts: UseCaseParts & { readonly hosts: Hosts },
): Pick<EnvironmentUseCases, "addUser" | "setPrimaryUser" | "removeUser"> {
  const { objects } = parts.catalog;
  return {
    addUser: async (environment, { name }, ask) => {
      checkName(name, "user name");
      const at = found(await objects.environments.find(environment), environment);
      const connection = await parts.hosts.connect(found(await objects.hosts.find(at.host), at.host));
      await connection.checkUser(name);
      const change = async (choose: Choose) => {
        const [taken] = await choose.objects.environmentUsers.list({ where: { environment, name } });
        if (taken !== undefined)
          throw new EngineError("NAME_TAKEN", `Environment ${at.name} already has the user ${name}.`, {
            action: "Use that one.",
            details: { reference: taken.reference },
          });
        const user: EnvironmentUser = { reference: await choose.reference("HOST_USER"), environment, name, createdAt: parts.now() };
        return { changes: [{ collection: "environmentUsers", insert: user }] as const, target: user.reference, result: user.reference };
      };
      const { result } = await parts.changes.apply(
        { title: `Add user ${name} to ${at.name}`, operation: "environment.user.add", locks: [shared(environment)], change },
        ask,
      );
      return result;
    },
    setPrimaryUser: async (environment, user, ask) => {
      const at = found(await objects.environments.find(environment), environment);
      const change = async (choose: Choose) => {
        const row = found(await choose.objects.environmentUsers.find(user), user);
        if (row.environment !== environment)
          throw new EngineError("INPUT_INVALID", `${row.name} (${user}) is no user of environment ${at.name}.`, {
            action: "Choose one of its users.",
          });
        return {
          changes: [{ collection: "environments", update: environment, set: { primaryUser: user } }] as const,
          target: environment,
          result: undefined,
        };
      };
      await parts.changes.apply(
        { title: `Set the primary user of ${at.name}`, operation: "environment.user.primary", locks: [exclusive(environment)], change },
        ask,
      );
    },
    removeUser: async (user, ask) => {
      const row = found(await objects.environmentUsers.find(user), user);
      const change = async (choose: Choose) => {
        await mustBeSpare(choose.objects, row);
        return { changes: [{ collection: "environmentUsers", remove: user }] as const, target: row.environment, result: undefined };
      };
      const locks = [exclusive(row.environment)];
      await parts.changes.apply({ title: `Remove user ${row.name}`, operation: "environment.user.remove", locks, change }, ask);
    },
  };
}

async function mustBeSpare(objects: CatalogReads, user: EnvironmentUser): Promise<void> {
  const environment = found(await objects.environments.find(user.environment), user.environment);
  const datasets = [
    ...(await objects.datasets.list({ where: { environmentUser: user.reference } })),
    ...(await objects.datasets.list({ where: { sourceEnvironmentUser: user.reference } })),
  ];
  const isPrimary = environment.primaryUser === user.reference;
  if (!isPrimary && datasets.length === 0) return;
  const by = isPrimary
    ? `it is the primary user of ${environment.name}`
    : `datasets use it: ${datasets.map(({ name }) => name).join(", ")}`;
  throw new EngineError("IN_USE", `User ${user.name} cannot be removed: ${by}.`, {
    action: "Make another user the primary one, or change those datasets, first.",
  });
}

async function draftEnvironment(
  parts: UseCaseParts,
  choose: Choose,
  input: NewEnvironment,
): Promise<{ readonly environment: Environment; readonly host: Host; readonly user: EnvironmentUser }> {
  await checkNewName(choose.objects, input.name);
  if (!LOCAL.has(input.address)) {
    throw new EngineError(
      "UNSUPPORTED",
      `The engine cannot reach ${JSON.stringify(input.address)}: only its own host can be an environment by now.`,
      { action: "Give localhost as the address." },
    );
  }
  const reference = await choose.reference("UNIX_HOST_ENVIRONMENT");
  const createdAt = parts.now();
  const scratchPath = input.scratchPath ?? `${parts.settings.defaultScratchPath}/${reference}`;
  checkScratchPath(scratchPath);
  const host: Host = {
    reference: await choose.reference("UNIX_HOST"),
    address: input.address,
    transport: "local",
    scratchPath,
    binaryPath: parts.settings.binaryPath,
    osName: "",
    createdAt,
  };
  const user: EnvironmentUser = { reference: await choose.reference("HOST_USER"), environment: reference, name: input.user, createdAt };
  const environment: Environment = {
    reference,
    name: input.name,
    description: input.description ?? "",
    host: host.reference,
    primaryUser: null,
    createdAt,
    refreshedAt: null,
  };
  return { environment, host, user };
}

function checkScratchPath(path: string): void {
  const isPlain =
    path.startsWith("/") &&
    !path
      .split("/")
      .slice(1)
      .some((part) => part === "" || part === "." || part === "..");
  if (isPlain && !/[\0-\x1f]/.test(path) && path.split("/").length > 2) return;
  throw new EngineError("PATH_INVALID", `${JSON.stringify(path.slice(0, 200))} cannot be a scratch directory.`, {
    action: "Give an absolute, normalised path of at least two parts.",
  });
}

async function checkNewName(objects: CatalogReads, name: string): Promise<void> {
  checkName(name);
  const [taken] = await objects.environments.list({ where: { name }, limit: 1 });
  if (taken !== undefined)
    throw new EngineError("NAME_TAKEN", `There is already an environment named ${JSON.stringify(name)} (${taken.reference}).`, {
      action: "Choose another name.",
    });
}

async function mustBeUnused(objects: CatalogReads, environment: EnvironmentReference, name: string): Promise<void> {
  const repositories = await objects.repositories.list({ where: { environment } });
  const users = [
    ...(await objects.datasets.list({ where: { environment } })),
    ...(await objects.datasets.list({ where: { repository: repositories.map(({ reference }) => reference) } })),
  ];
  if (users.length === 0) return;
  const names = [...new Set(users.map((dataset) => `${dataset.name} (${dataset.reference})`))].join(", ");
  throw new EngineError("IN_USE", `Environment ${name} cannot be deleted: datasets use it: ${names}.`, {
    action: "Delete those datasets first.",
    details: { environment },
  });
}
