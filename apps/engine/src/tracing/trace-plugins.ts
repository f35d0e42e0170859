import type { PlatformLibraries, PluginRuntime } from "@opendvp/core";
import type { JobTracer } from "./job-tracer.ts";

/** Plugins whose operations are spans, and what these ask the engine for parts of them. */
export function tracePlugins(runtime: PluginRuntime, tracer: JobTracer): PluginRuntime {
  return {
    describe: (plugin) => tracer.span({ kind: "plugin", name: "describe" }, () => runtime.describe(plugin)),
    call: (call) =>
      tracer.span({ kind: "plugin", name: call.operation }, () => runtime.call({ ...call, libraries: boundTo(tracer, call.libraries) })),
    retire: (reference) => runtime.retire(reference),
    status: () => runtime.status(),
    close: () => runtime.close(),
  };
}

// They are called by whoever reads the plugin's pipe, which was opened for another job.
function boundTo(tracer: JobTracer, libraries: PlatformLibraries): PlatformLibraries {
  return {
    runBash: tracer.bound((request) => libraries.runBash(request)),
    runPowershell: tracer.bound((request) => libraries.runPowershell(request)),
    runExpect: tracer.bound((request) => libraries.runExpect(request)),
    runSync: tracer.bound((request) => libraries.runSync(request)),
    retrieveCredentials: tracer.bound((supplier) => libraries.retrieveCredentials(supplier)),
    upgradePassword: tracer.bound((password, username) => libraries.upgradePassword(password, username)),
  };
}
