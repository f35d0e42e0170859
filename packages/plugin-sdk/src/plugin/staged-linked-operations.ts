import type { MountSpecification } from "../values/mount-specification.ts";
import type { StagedSource } from "../values/staged-source.ts";
import type { Status } from "../values/status.ts";
import type { Definitions } from "./definitions.ts";
import type { Exactly, Handler } from "./handler.ts";
import type { HandlerTable } from "./handler-table.ts";

export interface StagedInput<D extends Definitions> {
  readonly stagedSource: StagedSource<D["linkedSource"]>;
  readonly repository: D["repository"];
  readonly sourceConfig: D["sourceConfig"];
}

export interface StagedSyncInput<D extends Definitions> extends StagedInput<D> {
  /** Null when a policy runs the sync. */
  readonly optionalSnapshotParameters: D["snapshotParameters"] | null;
}

/** How a staging copy of a dataset is made and kept up to date. */
export class StagedLinkedOperations<D extends Definitions> {
  readonly #handlers: HandlerTable;

  constructor(handlers: HandlerTable) {
    this.#handlers = handlers;
  }

  /** Brings the staging copy up to date, or at rest, before the engine takes the snapshot. */
  preSnapshot(handler: Handler<StagedSyncInput<D>, void>): void {
    this.#handlers.add("linked.preSnapshot", handler);
  }

  /** Describes the snapshot just taken. Required. */
  postSnapshot<R extends D["snapshot"]>(handler: Handler<StagedSyncInput<D>, Exactly<D["snapshot"], R>>): void {
    this.#handlers.add("linked.postSnapshot", handler);
  }

  /** Starts what keeps the staging copy up to date. */
  startStaging(handler: Handler<StagedInput<D>, void>): void {
    this.#handlers.add("linked.startStaging", handler);
  }

  stopStaging(handler: Handler<StagedInput<D>, void>): void {
    this.#handlers.add("linked.stopStaging", handler);
  }

  /** Asked every few seconds while the source is enabled; without it the source counts as active. */
  status(handler: Handler<StagedInput<D>, Status>): void {
    this.#handlers.add("linked.status", handler);
  }

  /** Runs every few seconds while the source is enabled. */
  worker(handler: Handler<StagedInput<D>, void>): void {
    this.#handlers.add("linked.worker", handler);
  }

  /** Where the staging copy is to be mounted. Required. */
  mountSpecification(
    handler: Handler<{ readonly stagedSource: StagedSource<D["linkedSource"]>; readonly repository: D["repository"] }, MountSpecification>,
  ): void {
    this.#handlers.add("linked.mountSpecification", handler);
  }

  /** The size of the source in bytes, above 0. */
  sourceSize(handler: Handler<StagedInput<D>, number>): void {
    this.#handlers.add("linked.sourceSize", handler);
  }

  /**
   * Does the slow work once on a clone of the snapshot just taken, mounted at paths of the engine's choice, never the live
   * ones. What it leaves there is what copies are made from. May answer with a new description of the snapshot.
   */
  prepareSnapshot<R extends D["snapshot"]>(
    handler: Handler<StagedInput<D> & { readonly snapshot: D["snapshot"] }, Exactly<D["snapshot"], R> | null | undefined | void>,
  ): void {
    this.#handlers.add("linked.prepareSnapshot", handler);
  }
}
