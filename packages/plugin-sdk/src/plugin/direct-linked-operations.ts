import type { DirectSource } from "../values/direct-source.ts";
import type { Definitions } from "./definitions.ts";
import type { Exactly, Handler } from "./handler.ts";
import type { HandlerTable } from "./handler-table.ts";

export interface DirectInput<D extends Definitions> {
  readonly directSource: DirectSource<D["linkedSource"]>;
  readonly repository: D["repository"];
  readonly sourceConfig: D["sourceConfig"];
}

export interface DirectSyncInput<D extends Definitions> extends DirectInput<D> {
  /** Null when a policy runs the sync. */
  readonly optionalSnapshotParameters: D["snapshotParameters"] | null;
}

/** How a dataset is taken in straight from its host. */
export class DirectLinkedOperations<D extends Definitions> {
  readonly #handlers: HandlerTable;

  constructor(handlers: HandlerTable) {
    this.#handlers = handlers;
  }

  /** Copies the data, with `libs.runSync`, before the engine takes the snapshot. */
  preSnapshot(handler: Handler<DirectSyncInput<D>, void>): void {
    this.#handlers.add("linked.preSnapshot", handler);
  }

  /** Describes the snapshot just taken. Required. */
  postSnapshot<R extends D["snapshot"]>(handler: Handler<DirectSyncInput<D>, Exactly<D["snapshot"], R>>): void {
    this.#handlers.add("linked.postSnapshot", handler);
  }

  /** The size of the source in bytes, above 0. */
  sourceSize(handler: Handler<DirectInput<D>, number>): void {
    this.#handlers.add("linked.sourceSize", handler);
  }
}
