import type { RemoteConnection } from "../values/remote-connection.ts";
import type { Definitions } from "./definitions.ts";
import type { Exactly, Handler } from "./handler.ts";
import type { HandlerTable } from "./handler-table.ts";

/** What is on a host. */
export class DiscoveryOperations<D extends Definitions> {
  readonly #handlers: HandlerTable;

  constructor(handlers: HandlerTable) {
    this.#handlers = handlers;
  }

  /** Finds the installations on a host that datasets of this kind need. Required. */
  repository<R extends D["repository"]>(
    handler: Handler<{ readonly sourceConnection: RemoteConnection }, readonly Exactly<D["repository"], R>[]>,
  ): void {
    this.#handlers.add("discovery.repository", handler);
  }

  /** Finds the datasets of one repository. Required. */
  sourceConfig<R extends D["sourceConfig"]>(
    handler: Handler<
      { readonly sourceConnection: RemoteConnection; readonly repository: D["repository"] },
      readonly Exactly<D["sourceConfig"], R>[]
    >,
  ): void {
    this.#handlers.add("discovery.sourceConfig", handler);
  }
}
