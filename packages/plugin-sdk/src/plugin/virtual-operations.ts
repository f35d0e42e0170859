import type { MountSpecification } from "../values/mount-specification.ts";
import type { Status } from "../values/status.ts";
import type { VirtualSource } from "../values/virtual-source.ts";
import type { Definitions } from "./definitions.ts";
import type { Exactly, Handler } from "./handler.ts";
import type { HandlerTable } from "./handler-table.ts";

export interface NewVirtualInput<D extends Definitions> {
  readonly virtualSource: VirtualSource<D["virtualSource"]>;
  readonly repository: D["repository"];
}

export interface VirtualInput<D extends Definitions> extends NewVirtualInput<D> {
  readonly sourceConfig: D["sourceConfig"];
}

/** How a copy comes up, goes down, and is kept at rest while a snapshot of it is taken. */
export class VirtualOperations<D extends Definitions> {
  readonly #handlers: HandlerTable;

  constructor(handlers: HandlerTable) {
    this.#handlers = handlers;
  }

  /** Makes a dataset on empty storage and leaves it running. Without it, empty VDBs are refused. */
  initialize<R extends D["sourceConfig"]>(handler: Handler<NewVirtualInput<D>, Exactly<D["sourceConfig"], R>>): void {
    this.#handlers.add("virtual.initialize", handler);
  }

  /** Makes a fresh clone of a snapshot a dataset of its own and leaves it running. Required. */
  configure<R extends D["sourceConfig"]>(
    handler: Handler<NewVirtualInput<D> & { readonly snapshot: D["snapshot"] }, Exactly<D["sourceConfig"], R>>,
  ): void {
    this.#handlers.add("virtual.configure", handler);
  }

  /** Takes the dataset down and off the host, before its storage is unmounted. */
  unconfigure(handler: Handler<VirtualInput<D>, void>): void {
    this.#handlers.add("virtual.unconfigure", handler);
  }

  /** Brings the dataset back after unconfigure, possibly on other data, and leaves it running. Required. */
  reconfigure<R extends D["sourceConfig"]>(
    handler: Handler<VirtualInput<D> & { readonly snapshot: D["snapshot"] }, Exactly<D["sourceConfig"], R>>,
  ): void {
    this.#handlers.add("virtual.reconfigure", handler);
  }

  /** The last call before a VDB is deleted, after unconfigure. */
  cleanup(handler: Handler<VirtualInput<D>, void>): void {
    this.#handlers.add("virtual.cleanup", handler);
  }

  start(handler: Handler<VirtualInput<D>, void>): void {
    this.#handlers.add("virtual.start", handler);
  }

  stop(handler: Handler<VirtualInput<D>, void>): void {
    this.#handlers.add("virtual.stop", handler);
  }

  /** Brings the dataset at rest before the engine takes the snapshot. */
  preSnapshot(handler: Handler<VirtualInput<D>, void>): void {
    this.#handlers.add("virtual.preSnapshot", handler);
  }

  /** Describes the snapshot just taken. Required. */
  postSnapshot<R extends D["snapshot"]>(handler: Handler<VirtualInput<D>, Exactly<D["snapshot"], R>>): void {
    this.#handlers.add("virtual.postSnapshot", handler);
  }

  /** Where the copy is to be mounted. Required. */
  mountSpecification(handler: Handler<NewVirtualInput<D>, MountSpecification>): void {
    this.#handlers.add("virtual.mountSpecification", handler);
  }

  /** Asked about once a minute; without it the copy counts as active. */
  status(handler: Handler<VirtualInput<D>, Status>): void {
    this.#handlers.add("virtual.status", handler);
  }

  /** The size of the dataset in bytes, above 0. */
  sourceSize(handler: Handler<VirtualInput<D>, number>): void {
    this.#handlers.add("virtual.sourceSize", handler);
  }

  /**
   * Does the slow work once on a clone of the snapshot just taken, mounted at paths of the engine's choice, never the live
   * ones. What it leaves there is what copies are made from. May answer with a new description of the snapshot.
   */
  prepareSnapshot<R extends D["snapshot"]>(
    handler: Handler<VirtualInput<D> & { readonly snapshot: D["snapshot"] }, Exactly<D["snapshot"], R> | null | undefined | void>,
  ): void {
    this.#handlers.add("virtual.prepareSnapshot", handler);
  }
}
