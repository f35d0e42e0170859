import type { DatasetParts } from "../datasets/dataset-parts.ts";
import type { Change } from "../ports/catalog.ts";
import { pointOfNoReturn, step, workflow, type Workflow } from "../jobs/workflow.ts";
import type { EnvironmentFacts } from "./environment-facts.ts";

/** Forgets an environment. Files of plugins in its scratch directory stay, and are named. */
export function createDeleteEnvironment(parts: DatasetParts): Workflow<EnvironmentFacts> {
  return workflow<EnvironmentFacts>("delete-environment", { version: 1, forgetsTarget: true }, [
    pointOfNoReturn,
    step<EnvironmentFacts>({
      name: "remove scratch directory",
      onFailure: "warn",
      run: async ({ facts, remark }) => {
        const host = await parts.scenes.hostOf(facts.environment);
        const connection = await parts.scenes.connect({ host });
        await connection.elevated.removeDirectory(host.scratchPath);
        const isLeft = (await connection.lookAt(host.scratchPath)).kind !== "ABSENT";
        if (isLeft)
          remark({
            level: "WARNING",
            code: "FILES_LEFT",
            message: `${host.scratchPath} on ${host.address} holds files of plugins and stays.`,
          });
        return undefined;
      },
    }),
    step<EnvironmentFacts>({
      name: "forget",
      run: async ({ facts }) => {
        const { objects } = parts.catalog;
        const environment = await parts.scenes.environment(facts.environment);
        const repositories = await objects.repositories.list({ where: { environment: facts.environment } });
        const sourceConfigs = await objects.sourceConfigs.list({ where: { repository: repositories.map(({ reference }) => reference) } });
        const users = await objects.environmentUsers.list({ where: { environment: facts.environment } });
        const changes: Change[] = [
          ...sourceConfigs.map(({ reference }): Change => ({ collection: "sourceConfigs", remove: reference })),
          ...repositories.map(({ reference }): Change => ({ collection: "repositories", remove: reference })),
          { collection: "environments", update: facts.environment, set: { primaryUser: null } },
          ...users.map(({ reference }): Change => ({ collection: "environmentUsers", remove: reference })),
          { collection: "environments", remove: facts.environment },
          { collection: "hosts", remove: environment.host },
        ];
        return { changes };
      },
    }),
  ]);
}
