export { type Call, type CallOptions, type CallResult, type Client, createClient, type StreamedChange } from "./client.ts";
export { jobError } from "./job-error.ts";
export { listAll } from "./list-all.ts";
export type { ClientOptions } from "./transport.ts";
export { hasEnded, waitForJob, type WaitForJobOptions } from "./wait-for-job.ts";
