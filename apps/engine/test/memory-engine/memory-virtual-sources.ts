import type { Ask, Started, VirtualSourceInput, VirtualSourceUseCases } from "@opendvp/core";
import { checkName, EngineError, type Reference } from "@opendvp/model";
import { addSnapshot, addTimeflow, freshVirtualSource } from "./memory-datasets.ts";
import type { Memory } from "./memory.ts";

type Container = Reference<"APPDATA_CONTAINER">;

interface Asked {
  readonly reference: Container;
  readonly ask: Ask;
}

export function memoryVirtualSources({ objects, start }: Memory): VirtualSourceUseCases {
  const run = (verb: string, { reference, ask }: Asked, effect: () => void): Promise<Started> => {
    const name = nameOf(reference);
    return Promise.resolve(start(ask, { workflow: `vdb.${verb}`, title: `${verb} ${name}`, target: reference, targetName: name, effect }));
  };
  const coming = new Map<Container, string>();
  const nameOf = (reference: Container): string =>
    objects.datasets.all.find((dataset) => dataset.reference === reference)?.name ?? coming.get(reference) ?? reference;
  const create = (input: VirtualSourceInput, parent: Container | null, ask: Ask): Promise<Started> => {
    checkName(input.name);
    if (objects.datasets.all.some(({ name }) => name === input.name))
      throw new EngineError("NAME_TAKEN", `There is a dataset ${input.name}.`);
    const vdb = freshVirtualSource(objects, {
      name: input.name,
      repository: input.repository,
      parameters: input.parameters,
      parent,
      hooks: input.hooks ?? {},
      owner: ask.by.reference ?? null,
    });
    coming.set(vdb.reference, vdb.name);
    return run("provision", { reference: vdb.reference, ask }, () => {
      objects.datasets.put(vdb);
      addTimeflow(objects, vdb, parent === null ? "EMPTY" : "PROVISION");
      addSnapshot(objects, vdb.reference);
      const mount = {
        container: vdb.reference,
        environment: vdb.environment,
        createdAt: vdb.createdAt,
        storageName: "s",
        sharedPath: "",
        createdDirectories: [],
      };
      const timeflow = objects.datasets.all.find(({ reference }) => reference === vdb.reference)?.currentTimeflow;
      if (timeflow) objects.mounts.put({ ...mount, timeflow, reference: objects.next("MOUNT"), mountPath: `/mnt/${vdb.name}` });
    });
  };
  const restart = (verb: "REFRESH" | "ROLLBACK", reference: Container, ask: Ask): Promise<Started> =>
    run(verb.toLowerCase(), { reference, ask }, () => {
      const vdb = objects.datasets.all.find((dataset) => dataset.reference === reference);
      if (vdb !== undefined) addTimeflow(objects, vdb, verb);
      addSnapshot(objects, reference);
    });
  return {
    provision: ({ from, ...input }, ask) => {
      const snapshot = "snapshot" in from ? objects.snapshots.all.find(({ reference }) => reference === from.snapshot) : undefined;
      return create(input, "dataset" in from ? from.dataset : (snapshot?.container ?? null), ask);
    },
    createEmpty: (input, ask) => create(input, null, ask),
    update: (reference, set) => Promise.resolve(objects.datasets.set(reference, set)),
    snapshot: (reference, { name }, ask) =>
      run("snapshot", { reference, ask }, () => {
        addSnapshot(objects, reference, name);
      }),
    start: (reference, ask) =>
      run("start", { reference, ask }, () => {
        objects.datasets.set(reference, { status: "ACTIVE", wantedState: "RUNNING" });
      }),
    stop: (reference, _input, ask) =>
      run("stop", { reference, ask }, () => {
        objects.datasets.set(reference, { status: "INACTIVE", wantedState: "STOPPED" });
      }),
    enable: (reference, ask) =>
      run("enable", { reference, ask }, () => {
        objects.datasets.set(reference, { wantedState: "RUNNING" });
      }),
    disable: (reference, _input, ask) =>
      run("disable", { reference, ask }, () => {
        objects.datasets.set(reference, { wantedState: "DISABLED" });
      }),
    refresh: (reference, _input, ask) => restart("REFRESH", reference, ask),
    rollback: (reference, _input, ask) => restart("ROLLBACK", reference, ask),
    undo: (reference, ask) => restart("ROLLBACK", reference, ask),
    plan: () => Promise.resolve({ dependents: [], freedBytes: 4096, isExact: false }),
    delete: (reference, _input, ask) =>
      run("delete", { reference, ask }, () => {
        objects.datasets.remove(reference);
      }),
  };
}
