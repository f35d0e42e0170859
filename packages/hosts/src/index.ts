export { createLocalHosts, type LocalHostsOptions } from "./local/local-hosts.ts";
