import type { Engine } from "@opendvp/core";
import type { Reference } from "@opendvp/model";
import type { OneTimeTokens } from "./data/one-time-tokens.ts";
import type { SessionStore } from "./session/session-store.ts";

/** What the typed-object API works with. */
export interface TypedContext {
  readonly engine: Engine;
  /** Of the product. */
  readonly version: string;
  readonly startedAt: Date;
  readonly sessions: SessionStore;
  readonly uploads: OneTimeTokens<undefined>;
  readonly downloads: OneTimeTokens<{ readonly plugin: Reference<"APPDATA_TOOLKIT"> }>;
}
