import type { ArtifactStore } from "../ports/artifact-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { PluginLogs } from "../ports/plugin-logs.ts";
import type { PluginRuntime } from "../ports/plugin-runtime.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";
import type { HeldArtifacts } from "./held-artifacts.ts";

export interface PluginUseCaseParts extends UseCaseParts {
  readonly artifacts: ArtifactStore;
  readonly runtime: PluginRuntime;
  readonly logs: PluginLogs;
  readonly held: HeldArtifacts;
  readonly clock: Clock;
}
