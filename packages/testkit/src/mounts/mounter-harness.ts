import type { HostConnection, Mounter } from "@opendvp/core";

/** How a driver's test makes its mounter, and where its promises end. */
export interface MounterHarness {
  createMounter(protectedPaths: readonly string[]): Mounter;
  connect(): Promise<HostConnection>;
  /** An environment user without special rights. */
  readonly user: string;
  /** An empty directory may be a mount point. Otherwise only an absent one. */
  readonly canCoverDirectories: boolean;
  /** A mount that processes use is not taken away. */
  readonly holdsWhileUsed: boolean;
}
