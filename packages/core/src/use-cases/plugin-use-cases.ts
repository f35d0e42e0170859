import type { Reference } from "@opendvp/model";
import type { PluginLogFile } from "../ports/plugin-logs.ts";
import type { PluginRuntime } from "../ports/plugin-runtime.ts";
import type { Ask } from "./asking.ts";

export interface PluginUseCases {
  /** Checks an artifact (the bytes of its JSON) and installs it. A lower build number than the installed one is refused; the same is allowed. */
  upload(
    artifact: Uint8Array,
    ask: Ask,
  ): Promise<{ readonly action: Reference<"ACTION">; readonly plugin: Reference<"APPDATA_TOOLKIT">; readonly warnings: readonly string[] }>;
  /** Refused with `IN_USE` while datasets use it. */
  delete(reference: Reference<"APPDATA_TOOLKIT">, ask: Ask): Promise<Reference<"ACTION">>;
  /** Its log files, by name. */
  logs(reference: Reference<"APPDATA_TOOLKIT">): Promise<readonly PluginLogFile[]>;
  /** What is running, and which guards this machine cannot give. */
  processes(): ReturnType<PluginRuntime["status"]>;
}
