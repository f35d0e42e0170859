export type { CallOptions } from "./call-options.ts";
export { type Call, type CallResult, type Client, createClient } from "./client.ts";
export type { StreamedChange } from "./streamed-change.ts";
export { jobError } from "./job-error.ts";
export { listAll } from "./list-all.ts";
export type { ClientOptions } from "./transport.ts";
export { unreachableReason } from "./unreachable-reason.ts";
export { hasEnded, waitForJob, type WaitForJobOptions } from "./wait-for-job.ts";
