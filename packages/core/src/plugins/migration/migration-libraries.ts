import { EngineError } from "@opendvp/model";
import type { PlatformLibraries } from "../../ports/plugin-runtime.ts";

/** What a data migration may ask of the engine: it works on data alone, and logs. */
export const MIGRATION_LIBRARIES: PlatformLibraries = {
  runBash: () => refuse("run_bash"),
  runPowershell: () => refuse("run_powershell"),
  runExpect: () => refuse("run_expect"),
  runSync: () => refuse("run_sync"),
  retrieveCredentials: () => refuse("retrieve_credentials"),
  upgradePassword: (password, username) =>
    Promise.resolve({ type: "NamedPasswordCredential", ...(username === null ? {} : { username }), password }),
};

function refuse(library: string): Promise<never> {
  return Promise.reject(
    new EngineError("UNSUPPORTED", `${library} cannot be called inside a data migration.`, {
      action: "A migration gets the object's data and returns it in its new form; do the rest in an operation.",
      details: { library },
    }),
  );
}
