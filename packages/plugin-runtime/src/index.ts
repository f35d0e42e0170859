export { createPluginRuntime, type PluginRuntimeOptions } from "./create-plugin-runtime.ts";
export { DEFAULT_PLUGIN_LIMITS, type PluginLimits } from "./plugin-limits.ts";
export type { GuardOptions } from "./guards/create-launcher.ts";
export { findUndefinedNames } from "./python/find-undefined-names.ts";
export { createPluginLogs, type PluginLogsOptions } from "./logs/create-plugin-logs.ts";
