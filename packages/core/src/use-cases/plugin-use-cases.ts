import type { ApiVersion, Reference, ToolkitArtifact } from "@opendvp/model";
import type { PluginLogFile } from "../ports/plugin-logs.ts";
import type { PluginRuntime } from "../ports/plugin-runtime.ts";
import type { Ask, Started } from "./asking.ts";
import type { UpgradePreview } from "./upgrade-preview.ts";

export interface UploadOptions {
  /** Whether an upgrade may make passwords readable, which its preview lists. */
  readonly mayExpose?: boolean;
}

export interface UploadSession extends UploadOptions {
  /** The version of the API session that an artifact comes in, where there is one: a toolkit must be built for it. */
  readonly session?: ApiVersion;
}

export interface Uploaded {
  readonly action: Reference<"ACTION">;
  readonly plugin: Reference<"APPDATA_TOOLKIT">;
  /** The upgrade of what was installed; undefined where nothing was, and the plugin is installed now. */
  readonly job?: Reference<"JOB">;
  readonly warnings: readonly string[];
}

export interface Activated extends Started {
  /** What goes on: the active version, or where none was, the one that has become it. */
  readonly plugin: Reference<"APPDATA_TOOLKIT">;
}

export interface PluginUseCases {
  /**
   * Checks an artifact (the bytes of its JSON), starts its code, and installs it. Where a version of it is installed, or the toolkit
   * that it is a newer version of, that is upgraded by a job, which waits for its turn. What the rules of versions do not allow is
   * refused with `PLUGIN_REFUSED`, and with `STATE_UNSUITABLE` what they allow only once datasets are disabled; the installed version
   * then stays as it is.
   */
  upload(artifact: Uint8Array, ask: Ask, options?: UploadSession): Promise<Uploaded>;
  /** What uploading an artifact would do to every object: its migrations run on copies. Changes nothing. */
  previewUpgrade(artifact: Uint8Array, signal: AbortSignal): Promise<UpgradePreview>;
  /**
   * Makes an inactive version's objects objects of the active version, which upgrades them; where none is active, the inactive one
   * becomes active as it is.
   */
  activate(reference: Reference<"APPDATA_TOOLKIT">, ask: Ask, options?: UploadOptions): Promise<Activated>;
  /** Refused with `IN_USE` while datasets use it. */
  delete(reference: Reference<"APPDATA_TOOLKIT">, ask: Ask): Promise<Reference<"ACTION">>;
  /** What a legacy toolkit is made of, in the form of the current API; of a plugin there is none. */
  toolkit(reference: Reference<"APPDATA_TOOLKIT">): Promise<ToolkitArtifact>;
  /** Its log files, by name. */
  logs(reference: Reference<"APPDATA_TOOLKIT">): Promise<readonly PluginLogFile[]>;
  /** What is running, and which guards this machine cannot give. */
  processes(): ReturnType<PluginRuntime["status"]>;
}
