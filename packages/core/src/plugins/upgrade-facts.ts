import type { Reference } from "@opendvp/model";
import type { PluginRelease } from "../entities/plugin.ts";

export const UPGRADE_WORKFLOW = "plugin-upgrade";

export interface UpgradeFacts {
  /** What goes on, in its new version. */
  readonly into: Reference<"APPDATA_TOOLKIT">;
  /** Whose objects are migrated: that one's own, those of a toolkit, those of an inactive version. */
  readonly from: readonly Reference<"APPDATA_TOOLKIT">[];
  readonly release: PluginRelease;
  /** Whether passwords may become readable. */
  readonly mayExpose: boolean;
  /** What the upload that brought the release warns of. */
  readonly warnings?: readonly string[];
  /** When the release was uploaded; absent where it is the one that is installed. */
  readonly uploadedAt?: string;
  /** The artifacts of the versions that are gone. */
  readonly formerArtifacts: readonly string[];
}
