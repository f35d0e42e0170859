import type { EnvironmentUseCases } from "@opendvp/core";
import { checkName, EngineError } from "@opendvp/model";
import type { Memory } from "./memory.ts";

const AT = "2026-11-21T12:00:00.000Z";

export function memoryEnvironments({ objects, start }: Memory): EnvironmentUseCases {
  const job = (verb: string, name: string, target: Parameters<typeof objects.environments.remove>[0]) =>
    ({
      workflow: `environment.${verb}`,
      title: `${verb} ${name}`,
      target: target as `UNIX_HOST_ENVIRONMENT-${number}`,
      targetName: name,
    }) as const;
  return {
    create: (input, ask) => {
      checkName(input.name);
      if (objects.environments.all.some(({ name }) => name === input.name)) {
        return Promise.reject(new EngineError("NAME_TAKEN", `There is an environment ${input.name}.`, { action: "Choose another name." }));
      }
      const reference = objects.next("UNIX_HOST_ENVIRONMENT");
      const host = objects.next("UNIX_HOST");
      const user = objects.next("HOST_USER");
      const plugin = objects.plugins.all[0]?.reference;
      objects.hosts.put({
        reference: host,
        address: input.address,
        transport: "local",
        scratchPath: input.scratchPath ?? "/var/tmp",
        binaryPath: "",
        osName: "Linux",
        createdAt: AT,
      });
      objects.environmentUsers.put({ reference: user, environment: reference, name: input.user, createdAt: AT });
      objects.environments.put({
        reference,
        name: input.name,
        description: input.description ?? "",
        host,
        primaryUser: user,
        createdAt: AT,
        refreshedAt: AT,
      });
      const effect = (): void => {
        if (plugin === undefined) return;
        const repository = objects.next("APPDATA_REPOSITORY");
        objects.repositories.put({
          reference: repository,
          environment: reference,
          plugin,
          name: "Directories",
          identity: "x",
          data: { name: "Directories", password: "hidden" },
          isAvailable: true,
          createdAt: AT,
        });
      };
      return Promise.resolve(start(ask, { ...job("create", input.name, reference), effect }));
    },
    update: (reference, set) => Promise.resolve(objects.environments.set(reference, set)),
    refresh: (reference, ask) => Promise.resolve(start(ask, job("refresh", reference, reference))),
    delete: (reference, ask) =>
      Promise.resolve(
        start(ask, {
          ...job("delete", reference, reference),
          effect: () => {
            objects.environments.remove(reference);
          },
        }),
      ),
    addUser: (environment, { name }) => {
      const reference = objects.next("HOST_USER");
      objects.environmentUsers.put({ reference, environment, name, createdAt: AT });
      return Promise.resolve(reference);
    },
    setPrimaryUser: (reference, user) => Promise.resolve(objects.environments.set(reference, { primaryUser: user })),
    removeUser: (user) => Promise.resolve(objects.environmentUsers.remove(user)),
  };
}
