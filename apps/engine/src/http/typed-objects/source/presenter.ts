import type { Dataset, Engine, LinkedSource, VirtualSource } from "@opendvp/core";
import type { TypedObject } from "../envelope/typed-object.ts";
import { presentOperations } from "./operations.ts";

/** How a dataset is attached to its host: its parameters, hooks and state. */
export function presentSource(dataset: Dataset, engine: Pick<Engine, "redacted">): TypedObject {
  return dataset.kind === "DSOURCE" ? presentLinked(dataset, engine) : presentVirtual(dataset, engine);
}

function presentLinked(dataset: LinkedSource, engine: Pick<Engine, "redacted">): TypedObject {
  const { pluginType, environment, environmentUser } = dataset;
  const source = { ...presentBase(dataset, engine), config: dataset.sourceConfig, linked: true, virtual: false };
  if (pluginType === "STAGED") {
    return { ...source, type: "AppDataLinkedStagedSource", stagingEnvironment: environment, stagingEnvironmentUser: environmentUser };
  }
  return { ...source, type: "AppDataLinkedDirectSource", excludes: [], followSymlinks: [] };
}

function presentVirtual(dataset: VirtualSource, engine: Pick<Engine, "redacted">): TypedObject {
  return {
    ...presentBase(dataset, engine),
    type: "AppDataVirtualSource",
    additionalMountPoints: [],
    // A VDB that is wanted to run is brought back after a restart of its host, always.
    allowAutoVDBRestartOnHostReboot: true,
    // The source config of a VDB belongs to its timeflow, and is no object of its own.
    config: null,
    hosts: null,
    linked: false,
    toolkit: dataset.plugin,
    virtual: true,
  };
}

function presentBase(dataset: Dataset, engine: Pick<Engine, "redacted">): Omit<TypedObject, "type"> {
  return {
    reference: dataset.source,
    namespace: null,
    name: dataset.name,
    description: dataset.description === "" ? null : dataset.description,
    container: dataset.reference,
    operations: presentOperations(dataset),
    parameters: engine.redacted(dataset.parameters),
    restoration: false,
    runtime: presentRuntime(dataset),
    staging: false,
    status: "DEFAULT",
  };
}

const RUNTIME_STATUS = { ACTIVE: "RUNNING", INACTIVE: "INACTIVE", UNKNOWN: "UNKNOWN" } as const;

function presentRuntime({ status, statusAt, wantedState, sourceSizeBytes }: Dataset): TypedObject {
  return {
    type: "AppDataSourceRuntime",
    accessible: true,
    accessibleTimestamp: statusAt,
    databaseSize: sourceSizeBytes,
    enabled: wantedState === "DISABLED" ? "DISABLED" : "ENABLED",
    notAccessibleReason: null,
    status: RUNTIME_STATUS[status],
  };
}
