import type { PlatformLibraries } from "@opendvp/core";
import { EngineError } from "@opendvp/model";

function refuse(): Promise<never> {
  return Promise.reject(
    new EngineError("STATE_UNSUITABLE", "The libraries can be called while an operation runs, not while the plugin is loaded.", {
      action: "Call them inside of the plugin's operations.",
    }),
  );
}

/** What a plugin finds while it is being loaded. */
export const NO_LIBRARIES: PlatformLibraries = {
  runBash: refuse,
  runPowershell: refuse,
  runExpect: refuse,
  runSync: refuse,
  retrieveCredentials: refuse,
  upgradePassword: refuse,
};
