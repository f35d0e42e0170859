import type { Client } from "@opendvp/client";
import type { Job } from "@opendvp/contract";
import type { EngineErrorShape, OperationName, PluginConfig } from "@opendvp/model";
import type { TracedOperation } from "./operation-trace.ts";
import type { TestValues } from "./test-values.ts";

/** What the phases know of each other: filled by the one that makes a thing, read by those that need it. */
export interface LifeCycleObjects {
  plugin?: string;
  environment?: string;
  repository?: string;
  source?: string;
  /** Added by hand, so that it has to be deleted by hand. */
  isSourceOurs?: boolean;
  dsource?: string;
  vdb?: string;
  vdbSnapshot?: string;
  emptyVdb?: string;
}

export interface LifeCycle {
  readonly client: Client;
  readonly config: PluginConfig;
  readonly artifact: Uint8Array;
  readonly environmentUser: string;
  readonly workDirectory: string;
  readonly values: TestValues;
  /** What the plugin implements. */
  readonly operations: readonly OperationName[];
  readonly signal?: AbortSignal;
  readonly objects: LifeCycleObjects;
  /** Waits for a job, and throws what it failed with. Its operations count for the phase under way. */
  readonly finish: (answer: { readonly job: Job }) => Promise<void>;
  /** What the plugin has been called for so far. */
  readonly readTrace: () => Promise<readonly TracedOperation[]>;
}

/** A step in the life of a plugin's datasets. */
export interface Phase {
  readonly name: string;
  /** What must be there; without it the phase is skipped. */
  readonly needs: readonly (keyof LifeCycleObjects)[];
  /** Whether it applies to this plugin at all; absent = yes. */
  readonly applies?: (cycle: LifeCycle, implemented: ReadonlySet<string>) => boolean;
  readonly run: (cycle: LifeCycle) => Promise<void>;
}

/** How a phase went. */
export interface PhaseReport {
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly durationMs: number;
  readonly operations: readonly TracedOperation[];
  /** What the engine or the plugin warned about. */
  readonly warnings: readonly string[];
  readonly error?: EngineErrorShape;
}
