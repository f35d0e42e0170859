import type { EngineParts } from "@opendvp/core";
import { JobTracer } from "./job-tracer.ts";
import { traceCatalog } from "./trace-catalog.ts";
import { traceHosts, traceMounter } from "./trace-hosts.ts";
import { tracePlugins } from "./trace-plugins.ts";
import { traceProcesses } from "./trace-processes.ts";
import { traceStorage } from "./trace-storage.ts";

/** The engine's parts, each with the decorator that makes spans of its calls. */
export function traceParts(parts: EngineParts): { readonly parts: EngineParts; readonly stop: () => void } {
  const tracer = new JobTracer({ nowMs: () => parts.clock.monotonicMs() });
  return {
    parts: {
      ...parts,
      tracer,
      catalog: traceCatalog(parts.catalog, tracer),
      hosts: traceHosts(parts.hosts, tracer),
      mounterFor: (host) => traceMounter(parts.mounterFor(host), tracer),
      storage: parts.storage.map((technology) => traceStorage(technology, tracer)),
      runtime: tracePlugins(parts.runtime, tracer),
    },
    stop: traceProcesses(tracer),
  };
}
