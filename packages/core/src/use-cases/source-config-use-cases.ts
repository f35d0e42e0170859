import type { JsonObject, Reference } from "@opendvp/model";
import type { Ask } from "./asking.ts";

export interface SourceConfigUseCases {
  /** Adds one by hand, for plugins that allow it. `data` is a SourceConfigDefinition. */
  add(repository: Reference<"APPDATA_REPOSITORY">, data: JsonObject, ask: Ask): Promise<Reference<"APPDATA_SOURCE_CONFIG">>;
  update(reference: Reference<"APPDATA_SOURCE_CONFIG">, data: JsonObject, ask: Ask): Promise<void>;
  delete(reference: Reference<"APPDATA_SOURCE_CONFIG">, ask: Ask): Promise<void>;
}
