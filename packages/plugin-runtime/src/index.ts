export { createPluginRuntime, type PluginRuntimeOptions } from "./create-plugin-runtime.ts";
export type { GuardOptions } from "./guards/create-launcher.ts";
export type { PoolLimits } from "./pool/process-pool.ts";
export { createPluginLogs, type PluginLogsOptions } from "./logs/create-plugin-logs.ts";
