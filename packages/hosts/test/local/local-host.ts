import type { Host } from "@opendvp/core";

export const localHost: Host = {
  reference: "UNIX_HOST-1",
  address: "localhost",
  transport: "local",
  scratchPath: "/nowhere",
  binaryPath: "",
  osName: "Linux",
  createdAt: "2026-01-01T00:00:00.000Z",
};
