export { findHostUser } from "./local/host-users.ts";
export { createLocalHosts, type LocalHostsOptions } from "./local/local-hosts.ts";
