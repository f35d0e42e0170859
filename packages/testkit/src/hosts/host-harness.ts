import type { HostConnection } from "@opendvp/core";

/** How a driver's test reaches a host. */
export interface HostHarness {
  /** An environment user without special rights; without root the one that runs the test. */
  readonly user: string;
  /** A user of the host who is not allowed. */
  readonly refusedUser: string;
  connect(): Promise<HostConnection>;
}

export const isRoot = process.getuid?.() === 0;
