import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { pointOfNoReturn, step, workflow, type Step, type Workflow } from "../jobs/workflow.ts";
import { createDiscoverySteps } from "./discover.ts";
import type { EnvironmentFacts } from "./environment-facts.ts";

/** Makes an environment known: reached, its scratch directory made, discovered. */
export function createCreateEnvironment(parts: DatasetParts): Workflow<EnvironmentFacts> {
  return workflow<EnvironmentFacts>("create-environment", { version: 1 }, [
    createReachHost(parts),
    createMakeScratch(parts),
    createRecordEnvironment(),
    pointOfNoReturn,
    ...createDiscoverySteps(parts),
  ]);
}

function createReachHost(parts: DatasetParts): Step<EnvironmentFacts> {
  return step<EnvironmentFacts>({
    name: "reach the host",
    run: async ({ facts }) => {
      const { environment, host, user } = facts.draft;
      const connection = await parts.scenes.connect({ host });
      await connection.checkUser(user.name);
      const { osName } = await connection.facts();
      return { facts: { draft: { environment, user, host: { ...host, osName } } } };
    },
  });
}

/** Makes the directory for plugins' own files, owned by the user. Undo: remove it if it is ours and empty. */
function createMakeScratch(parts: DatasetParts): Step<EnvironmentFacts> {
  return step<EnvironmentFacts>({
    name: "make scratch directory",
    run: async ({ facts }) => {
      const { host, user } = facts.draft;
      const connection = await parts.scenes.connect({ host });
      const { uid, gid } = await connection.checkUser(user.name);
      const isThere = (await connection.lookAt(host.scratchPath)).kind === "DIRECTORY";
      if (!isThere) {
        await connection.elevated.makeDirectory(host.scratchPath);
        await connection.elevated.changeOwner(host.scratchPath, uid, gid);
      }
      return { facts: { isScratchOurs: !isThere } };
    },
    undo: async ({ facts }) => {
      const connection = await parts.scenes.connect({ host: facts.draft.host });
      await connection.elevated.removeDirectory(facts.draft.host.scratchPath);
      return undefined;
    },
  });
}

function createRecordEnvironment(): Step<EnvironmentFacts> {
  return step<EnvironmentFacts>({
    name: "record environment",
    run: ({ facts }) =>
      Promise.resolve({
        changes: [
          { collection: "hosts", insert: facts.draft.host },
          { collection: "environments", insert: { ...facts.draft.environment, primaryUser: null } },
          { collection: "environmentUsers", insert: facts.draft.user },
          { collection: "environments", update: facts.environment, set: { primaryUser: facts.draft.user.reference } },
        ],
      }),
    undo: ({ facts }) =>
      Promise.resolve({
        changes: [
          { collection: "environmentUsers", remove: facts.draft.user.reference },
          { collection: "environments", remove: facts.environment },
          { collection: "hosts", remove: facts.draft.host.reference },
        ],
      }),
  });
}
