import type { Engine } from "@opendvp/core";
import type { EngineIdentity } from "../engine-identity.ts";

/** What the routes work with. */
export interface RestContext {
  readonly engine: Engine;
  readonly identity: EngineIdentity;
  readonly version: string;
  readonly startedAt: Date;
  /** Between two signs of life on a stream of events. */
  readonly heartbeatMs: number;
  /** Aborted when the server closes: streams end then. */
  readonly closing: AbortSignal;
}
