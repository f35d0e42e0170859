import { Environment } from "@opendvp/contract";
import type { Environment as EnvironmentEntity } from "@opendvp/core";
import type { Handlers } from "../handler.ts";
import type { Listed } from "../listing/listed.ts";
import { listingHandlers } from "../listing/listing-handlers.ts";
import { resolveEnvironmentUser } from "../resolving/environment-user.ts";
import { loadIndex } from "../resolving/loaded-index.ts";
import { startedJob } from "../resolving/started-job.ts";
import type { RestContext } from "../rest-context.ts";
import { presentEnvironment, presentEnvironmentUser } from "./presenter.ts";

export function environmentHandlers(context: RestContext): Handlers<"environments"> {
  const { engine } = context;
  const present = async (environments: readonly EnvironmentEntity[]): Promise<Environment[]> => {
    const index = await loadIndex(engine, ["environments", "hosts", "environmentUsers", "repositories", "plugins"]);
    return environments.map((environment) => presentEnvironment(environment, index, context));
  };
  const show = async (nameOrReference: string): Promise<Environment> => {
    const environment = await engine.resolve("environments", nameOrReference);
    const index = await loadIndex(engine, ["environments", "hosts", "environmentUsers", "repositories", "plugins"]);
    return presentEnvironment(environment, index, context);
  };
  const listed: Listed<EnvironmentEntity, Environment> = {
    schema: Environment,
    source: engine.objects.environments,
    present,
    columns: { id: "reference", name: "name", creation_time: "createdAt" },
  };
  return {
    ...listingHandlers(() => listed),
    show: ({ params }) => show(params.environmentId),
    create: async ({ body }, { ask }) => {
      const started = await engine.environments.create(
        {
          name: body.name ?? body.hostname,
          address: body.hostname,
          user: body.username,
          ...(body.description === undefined ? {} : { description: body.description }),
          ...(body.toolkit_path === undefined ? {} : { scratchPath: body.toolkit_path }),
        },
        ask,
      );
      return { job: await startedJob(engine, started), environment_id: started.target };
    },
    update: async ({ params, body }, { ask }) => {
      const { reference } = await engine.resolve("environments", params.environmentId);
      await engine.environments.update(reference, body, ask);
      return show(reference);
    },
    refresh: async ({ params }, { ask }) => {
      const { reference } = await engine.resolve("environments", params.environmentId);
      return { job: await startedJob(engine, await engine.environments.refresh(reference, ask)), environment_id: reference };
    },
    delete: async ({ params }, { ask }) => {
      const { reference } = await engine.resolve("environments", params.environmentId);
      return { job: await startedJob(engine, await engine.environments.delete(reference, ask)), environment_id: reference };
    },
    ...userHandlers(context),
  };
}

function userHandlers({ engine }: RestContext): Pick<Handlers<"environments">, "listUsers" | "addUser" | "setPrimaryUser" | "removeUser"> {
  return {
    listUsers: async ({ params }) => {
      const environment = await engine.resolve("environments", params.environmentId);
      const users = await engine.objects.environmentUsers.list({ where: { environment: environment.reference } });
      return { users: users.map((user) => presentEnvironmentUser(user, environment)) };
    },
    addUser: async ({ params, body }, { ask }) => {
      const { reference } = await engine.resolve("environments", params.environmentId);
      return { user_ref: await engine.environments.addUser(reference, { name: body.username }, ask) };
    },
    setPrimaryUser: async ({ params }, { ask }) => {
      const environment = await engine.resolve("environments", params.environmentId);
      const user = await resolveEnvironmentUser(engine, environment, params.userRef);
      await engine.environments.setPrimaryUser(environment.reference, user.reference, ask);
      return { user_ref: user.reference };
    },
    removeUser: async ({ params }, { ask }) => {
      const environment = await engine.resolve("environments", params.environmentId);
      const user = await resolveEnvironmentUser(engine, environment, params.userRef);
      await engine.environments.removeUser(user.reference, ask);
      return undefined;
    },
  };
}
