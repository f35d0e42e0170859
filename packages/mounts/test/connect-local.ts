import { userInfo } from "node:os";
import type { HostConnection } from "@opendvp/core";
import { createLocalHosts } from "@opendvp/hosts";

export const isRoot = process.getuid?.() === 0;
export const user = isRoot ? "nobody" : userInfo().username;

const hosts = createLocalHosts({ allowedUsers: [user] });

/** The engine's own host: what mounters of this machine are tested with. */
export function connectLocal(): Promise<HostConnection> {
  return hosts.connect({
    reference: "UNIX_HOST-1",
    address: "localhost",
    transport: "local",
    scratchPath: "/nowhere",
    binaryPath: "",
    osName: "Linux",
    createdAt: "2026-01-01T00:00:00.000Z",
  });
}
