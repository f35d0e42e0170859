import type { RemoteConnectionValue } from "@opendvp/model";

export const connection = {
  environment: {
    name: "localhost",
    reference: "UNIX_HOST_ENVIRONMENT-1",
    host: { name: "127.0.0.1", reference: "UNIX_HOST-1", binaryPath: "/opt/bin", scratchPath: "/var/tmp/scratch" },
  },
  user: { name: "alice", reference: "HOST_USER-1" },
} as const satisfies RemoteConnectionValue;
