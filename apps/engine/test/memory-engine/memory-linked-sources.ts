import type { LinkedSourceUseCases } from "@opendvp/core";
import { checkName, EngineError } from "@opendvp/model";
import { addSnapshot, addTimeflow, freshLinkedSource } from "./memory-datasets.ts";
import type { Memory } from "./memory.ts";

export function memoryLinkedSources({ objects, start }: Memory): LinkedSourceUseCases {
  const work = (verb: string, reference: `APPDATA_CONTAINER-${number}`) => {
    const name = objects.datasets.all.find((dataset) => dataset.reference === reference)?.name ?? reference;
    return { workflow: `dsource.${verb}`, title: `${verb} ${name}`, target: reference, targetName: name } as const;
  };
  return {
    link: (input, ask) => {
      checkName(input.name);
      if (objects.datasets.all.some(({ name }) => name === input.name))
        throw new EngineError("NAME_TAKEN", `There is a dataset ${input.name}.`);
      const source = objects.sourceConfigs.all.find(({ reference }) => reference === input.sourceConfig);
      if (source === undefined) throw new EngineError("NOT_FOUND", "There is no such source.");
      const dataset = freshLinkedSource(objects, {
        name: input.name,
        sourceConfig: source.reference,
        repository: source.repository,
        parameters: input.parameters,
        hooks: input.hooks ?? {},
      });
      objects.datasets.put(dataset);
      addTimeflow(objects, dataset, "LINK");
      return Promise.resolve(
        start(ask, {
          ...work("link", dataset.reference),
          effect: () => {
            addSnapshot(objects, dataset.reference);
          },
        }),
      );
    },
    sync: (reference, _input, ask) =>
      Promise.resolve(
        start(ask, {
          ...work("sync", reference),
          effect: () => {
            addSnapshot(objects, reference);
          },
        }),
      ),
    update: (reference, set) => Promise.resolve(objects.datasets.set(reference, set)),
    enable: (reference, ask) =>
      Promise.resolve(
        start(ask, {
          ...work("enable", reference),
          effect: () => {
            objects.datasets.set(reference, { wantedState: "RUNNING" });
          },
        }),
      ),
    disable: (reference, _input, ask) =>
      Promise.resolve(
        start(ask, {
          ...work("disable", reference),
          effect: () => {
            objects.datasets.set(reference, { wantedState: "DISABLED" });
          },
        }),
      ),
    plan: (reference) => {
      const copies = objects.datasets.all.filter((dataset) => dataset.kind === "VDB" && dataset.parent === reference);
      const dependents = copies.map((copy) => ({
        reference: copy.reference,
        name: copy.name,
        relation: "made from it",
        formerTimeflows: [],
        isCurrent: true,
      }));
      return Promise.resolve({ dependents, freedBytes: 123_456, isExact: true });
    },
    delete: (reference, _input, ask) => {
      const copy = objects.datasets.all.find((dataset) => dataset.kind === "VDB" && dataset.parent === reference);
      if (copy !== undefined)
        throw new EngineError("IN_USE", `VDBs were made from ${reference}: ${copy.name}.`, { action: "Delete them first." });
      return Promise.resolve(
        start(ask, {
          ...work("delete", reference),
          effect: () => {
            objects.datasets.remove(reference);
          },
        }),
      );
    },
  };
}
